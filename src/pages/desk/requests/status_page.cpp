#include "pages/desk/requests/status_page.hpp"

#include "desk/request.html.hpp"
#include "outbox/list.hpp"
#include "pages/desk/requests/list_place.hpp"
#include "pages/desk/requests/overtaken.hpp"
#include "pages/desk/requests/refused_view.hpp"
#include "pages/desk/requests/request_forms.hpp"
#include "pages/shared/files/form_files.hpp"
#include "pages/shared/status_form.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"

namespace pages::desk {

using service_requests::ServiceRequest;
using service_requests::Status;
using service_requests::StatusChange;

namespace {

/// The change, or an earlier copy of the same form, queued a mail about it.
bool was_mailed(web::Context& ctx, ServiceRequestId id)
{
    const auto mails = outbox::list_mail_of(ctx.db(), id);
    return !mails.empty() && mails.front().created_at >= ctx.now();
}

/// What the next page says. A guest who reported a leak gets no notification.
std::string flash_after(web::Context& ctx, const ServiceRequest& request, const shared::StatusInput& input)
{
    const bool is_reply = input.sends_comment() && input.comment->visibility == base::Visibility::Public;
    std::string flash = is_reply ? "replied-" : "";
    if (input.status == Status::Pending)
        return flash + "reopened";
    const bool is_false = request.is_emergency && input.end && input.end->finding == actions::Finding::FalseAlarm;
    flash += is_false ? "false-alarm" : "resolved";
    if (find_why_unread(ctx.db(), request, ctx.now()))
        return flash + "-unread";
    if (was_mailed(ctx, request.id))
        return flash + "-mailed";
    return request.user_id ? flash : flash + "-guest";
}

http::Response show_overtaken(const web::Context& ctx, ServiceRequestId id, Status wanted)
{
    return http::redirect(request_url(ctx, id, overtaken_query(wanted)));
}

http::Response discard_text(web::Context& ctx, ServiceRequestId id)
{
    ctx.write([&](db::Transaction& tx) { web::remove_drafts_of(tx, ctx, comment_form_of(id).path); });
    return http::redirect(request_url(ctx, id));
}

} // namespace

http::Response change_status(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    if (ctx.request().form_value("discard"))
        return discard_text(ctx, request.id);
    shared::StatusInput input = read_status(ctx, store, request.id);
    const auto refuse = [&](http::Status status) {
        if (input.comment)
            input.comment->held = shared::hold_files(ctx, store, input.comment->files);
        const RequestView view = refused_status_view(ctx, request.id, input, status);
        return ctx.render([&](web::Html& out) { views::desk::request(out, view); }, status);
    };
    try {
        const auto reason = reason_to_refuse(request, input);
        const bool is_typed = web::has_unsent_comment(ctx);
        if (reason && input.status == request.status && (input.unsent == web::Unsent::Ask || !is_typed)) {
            if (web::has_typed_words(ctx))
                shared::keep_overtaken(ctx, comment_form_of(request.id));
            return show_overtaken(ctx, request.id, input.status);
        }
        if (reason)
            return refuse(*reason);
        const StatusChange change = shared::save_status(ctx, store, asking_form_of(ctx, request.id), input);
        if (change == StatusChange::NotSafeYet || change == StatusChange::Unseen)
            return refuse(http::Status::UnprocessableContent);
        if (change != StatusChange::Done)
            return show_overtaken(ctx, request.id, input.status);
        ctx.flash(flash_after(ctx, request, input));
    } catch (const base::Unavailable& error) {
        web::log_unsaved("status", error);
        return refuse(http::Status::ServiceUnavailable);
    }
    return http::redirect(request_url(ctx, request.id));
}

} // namespace pages::desk
