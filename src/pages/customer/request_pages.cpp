#include "pages/customer/request_pages.hpp"

#include "base/error.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "comments/comment.hpp"
#include "customer/show.html.hpp"
#include "events/position.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/status_form.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/submission.hpp"
#include "web/forms/unsent.hpp"

#include <fmt/format.h>

#include <optional>

namespace pages::customer {

using namespace service_requests;

namespace {

ShowView show_view(web::Context& ctx, const ServiceRequest& request)
{
    ShowView view;
    view.page = ctx.page(base::Text::verbatim(std::string(request.title())), web::Place::Requests);
    // Both come from one snapshot: what happens after it arrives over the stream.
    view.page.live_topics = fmt::format("unread request:{}", request.id.value);
    view.page.live_after = events::position_now(ctx.db());
    view.id = request.id;
    view.title = request.title();
    view.reference = base::reference(request.id);
    view.type_name = request.type_name;
    view.type_icon = request.type_icon;
    view.address = request.address;
    view.contact_phone = request.contact_phone;
    view.items = timeline::list_items(ctx.db(), request, {ctx.dates(), ctx.visitor()});
    view.state = shared::state_of(ctx.dates(), request, view.items);
    view.actions = {.id = request.id,
        .is_resolved = request.status == Status::Resolved,
        .has_form = true,
        .version = request.version,
        .text = {},
        .errors = {}};
    view.comment = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = web::new_submission_key(),
        .text = {},
        .errors = {},
        .files_are_lost = false,
        .why = {}};
    return view;
}

shared::CommentForm comment_form_of(ServiceRequestId id)
{
    return {.service_request = id,
        .path = urls::customer_request(id),
        .missing = base::MessageId("Write your comment."),
        .beside = "why"};
}

shared::StatusInput read_reopening(web::Context& ctx, const storage::Store& store, ServiceRequestId id)
{
    shared::StatusInput input;
    web::FormReader reader(ctx.request(), input.errors);
    input.reason = reader.text("why", {.least = 0, .most = comments::longest_text});
    const auto version = reader.number("version");
    if (!version)
        throw base::BadRequest(base::Text("This form is not complete. Open the request again and try once more."));
    input.version = *version;
    input.unsent = web::read_unsent(ctx.request());
    input.if_already_so = shared::IfAlreadySo::WriteComments;
    if (web::has_unsent_comment(ctx))
        input.comment = shared::read_comment(ctx, store, comment_form_of(id));
    return input;
}

/// Why the form comes back before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(const shared::StatusInput& wanted)
{
    if (wanted.sends_comment() && !wanted.comment->errors.empty())
        return wanted.comment->files.refusal;
    if (!wanted.errors.empty() || (wanted.comment && wanted.unsent == web::Unsent::Ask))
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

http::Response refuse_reopening(
    web::Context& ctx, const ServiceRequest& request, const shared::StatusInput& wanted, http::Status status)
{
    ShowView view = show_view(ctx, request);
    view.page.title = web::title_of_refused(std::move(view.page.title));
    view.actions.text = wanted.reason;
    view.actions.errors = wanted.errors;
    view.comment.submission = ctx.request().form_value("submission").value_or("");
    if (wanted.comment)
        view.comment.text = wanted.comment->text;
    view.comment.asks = wanted.comment.has_value();
    if (wanted.comment && !wanted.leaves_comment())
        view.comment.errors = wanted.comment->errors;
    view.comment.files_are_lost = !ctx.files().empty() || ctx.request().fault != http::BodyFault::None;
    return ctx.render([&](web::Html& out) { views::customer::show(out, view); }, status);
}

} // namespace

http::Response show_request(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    ShowView view = show_view(ctx, request);
    const web::Fields& draft = web::newest_for(drafts, {"comments/", "reopen/"});
    view.comment.text = web::field_of(draft, "text");
    view.comment.is_left_out = web::was_left_out(draft);
    view.actions.text = web::field_of(draft, "why");
    return ctx.render([&](web::Html& out) { views::customer::show(out, view); });
}

http::Response reopen_request(web::Context& ctx, storage::Store& store)
{
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const shared::StatusInput wanted = read_reopening(ctx, store, request.id);
    if (const auto reason = reason_to_refuse(wanted))
        return refuse_reopening(ctx, request, wanted, *reason);
    const StatusChange change = shared::save_status(ctx, store, comment_form_of(request.id), wanted);
    if (change == StatusChange::Stale)
        throw base::Conflict(
            base::Text("This request changed after you opened it. Nothing was overwritten. Open it again to see "
                       "the newer version."));
    ctx.flash(change == StatusChange::Done ? "reopened" : "unchanged");
    return http::redirect(urls::customer_request(request.id));
}

} // namespace pages::customer
