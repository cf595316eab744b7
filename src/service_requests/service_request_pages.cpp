#include "service_requests/service_request_pages.hpp"

#include "base/error.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "events/position.hpp"
#include "notifications/notification.hpp"
#include "service_requests/presentation.hpp"
#include "service_requests/show.html.hpp"
#include "web/draft.hpp"
#include "web/submission.hpp"

#include <fmt/format.h>

namespace service_requests {

namespace {

ShowView show_view(web::Context& ctx, const ServiceRequest& request)
{
    ShowView view;
    view.page = ctx.page(request.title(), web::Place::Requests);
    // Both come from one snapshot: what happens after it arrives over the stream.
    view.page.live_url = fmt::format(
        "/events/?request={}&after={}", request.id.value, base::percent_encode(events::position_now(ctx.db())));
    view.id = request.id;
    view.title = request.title();
    view.reference = reference(request.id);
    view.type_name = request.type_name;
    view.type_icon = request.type_icon;
    view.address = request.address;
    view.contact_phone = request.contact_phone;
    view.items = timeline(ctx.db(), ctx.site().zone, ctx.now(), request, ctx.visitor());
    view.state = state_of(ctx.site().zone, request, view.items);
    view.actions = {.id = request.id,
        .is_resolved = request.status == Status::Resolved,
        .has_form = true,
        .csrf = view.page.csrf,
        .version = request.version,
        .submission = web::new_submission_key(),
        .text = {},
        .errors = {}};
    view.comment = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = web::new_submission_key(),
        .text = {},
        .errors = {},
        .files_are_lost = false};
    return view;
}

/// How reopening went; a comment typed with it is kept even when somebody else had reopened it already.
StatusChange save_reopening(web::Context& ctx, ServiceRequestId id, std::int64_t version, const std::string& text)
{
    const std::string fingerprint = web::submission_fingerprint(ctx);
    const auto work = [&](db::Transaction& tx) {
        if (web::find_submission(tx, fingerprint))
            return StatusChange::Done;
        const auto change = update_status(tx, ctx.visitor(), id, Status::Pending, version, ctx.now());
        if (change == StatusChange::Stale)
            return change;
        if (change == StatusChange::Done)
            notifications::notify_of_status(tx, id, ctx.visitor(), status_name(Status::Pending), ctx.now());
        if (!text.empty()) {
            comments::add_comment(tx, ctx.visitor(), {.service_request_id = id, .text = text}, ctx.now());
            notifications::notify_of_comment(tx, id, ctx.visitor(), ctx.now());
        }
        web::remove_draft(tx, ctx);
        web::add_submission(tx, fingerprint, id.value, ctx.now());
        return change;
    };
    return web::settle_write(
        ctx, fingerprint, [&] { return ctx.write(work); },
        [](std::int64_t, web::Carried) { return StatusChange::Done; });
}

} // namespace

http::Response show(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    ShowView view = show_view(ctx, request);
    view.comment.text = web::field_of(web::fields_for(drafts, "comments/"), "text");
    view.actions.text = web::field_of(web::fields_for(drafts, "reopen/"), "why");
    return ctx.render([&](web::Html& out) { views::service_requests::show(out, view); });
}

http::Response reopen(web::Context& ctx)
{
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    web::FormErrors errors;
    web::FormReader reader(ctx.request(), errors);
    const std::string text = reader.text("why", {.least = 0, .most = comments::longest_text, .missing = {}});
    const auto version = reader.number("version");
    if (!version)
        throw base::BadRequest("This form is not complete. Open the request again and try once more.");
    if (!errors.empty()) {
        ShowView view = show_view(ctx, request);
        view.actions.text = text;
        view.actions.errors = errors;
        return ctx.render(
            [&](web::Html& out) { views::service_requests::show(out, view); }, http::Status::UnprocessableContent);
    }
    const StatusChange change = save_reopening(ctx, request.id, *version, text);
    if (change == StatusChange::Stale)
        throw base::Conflict("This request changed after you opened it. Nothing was overwritten. Open it again to see "
                             "the newer version.");
    ctx.flash(change == StatusChange::Done ? "reopened" : "unchanged");
    return http::redirect(fmt::format("/service/{}/", request.id.value));
}

} // namespace service_requests
