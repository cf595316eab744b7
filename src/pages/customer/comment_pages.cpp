#include "pages/customer/comment_pages.hpp"

#include "base/error.hpp"
#include "base/reference.hpp"
#include "customer/comment_refused.html.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/comment_form.hpp"
#include "pages/shared/presentation.hpp"
#include "pages/shared/status_form.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/lost_files.hpp"

namespace pages::customer {

using service_requests::StatusChange;

namespace {

http::Response refuse(web::Context& ctx, const service_requests::ServiceRequest& request,
    const shared::CommentInput& input, http::Status status)
{
    // Only where the comment's own button does not reopen.
    const bool reopens = ctx.request().path == urls::reopen_request(request.id);
    RefusedView view;
    view.page = ctx.page(base::Text("Problem: your comment was not sent"), web::Place::Requests);
    view.reference = base::reference(request.id);
    view.title = shared::shown_title(ctx.language().language(), request);
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    view.form = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = std::string(ctx.request().form_value("submission").value_or("")),
        .text = input.text,
        .errors = input.errors,
        .lost_files = {},
        .held = input.held,
        .actions = shared::comment_actions(request, ctx.site().rules, ctx.visitor().user_id),
        .is_open_leak = request.is_emergency && request.status == service_requests::Status::Pending};
    if (web::has_files(ctx) && input.held.empty())
        view.form.lost_files = web::lost_files_of(ctx.request());
    if (reopens)
        view.form.errors.send_without_to(urls::reopen_request(request.id), "reopen", "1");
    return ctx.render([&](web::Html& out) { views::customer::comment_refused(out, view); }, status);
}

shared::CommentForm comment_form_of(const service_requests::ServiceRequest& request, actions::IfResolved if_resolved)
{
    return {.service_request = request.id,
        .path = urls::customer_request(request.id),
        .missing = base::MessageId("Write your comment, or add a photo."),
        .if_resolved = if_resolved,
        .status = request.status,
        .is_leak = request.is_emergency};
}

bool is_own(const web::Context& ctx, const service_requests::ServiceRequest& request)
{
    return request.user_id == ctx.visitor().user_id;
}

http::Response send_comment(web::Context& ctx, storage::Store& store, const service_requests::ServiceRequest& request,
    actions::IfResolved if_resolved)
{
    return shared::write_comment(ctx, store, comment_form_of(request, if_resolved),
        [&](const shared::CommentInput& input, http::Status status) { return refuse(ctx, request, input, status); });
}

} // namespace

http::Response write_comment(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    return send_comment(ctx, store, request,
        ctx.site().rules.reply_reopens && is_own(ctx, request) ? actions::IfResolved::Reopen
                                                               : actions::IfResolved::StayResolved);
}

http::Response reopen_request(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    if (!is_own(ctx, request))
        throw base::NotFound("only who sent a service request and the staff reopen it");
    if (web::has_unsent_comment(ctx))
        return send_comment(ctx, store, request, actions::IfResolved::Reopen);
    const std::int64_t version = web::required_number(ctx.request(), "version");
    const StatusChange change = shared::save_status(ctx, store, comment_form_of(request, actions::IfResolved::Reopen),
        {.status = service_requests::Status::Pending, .version = version});
    if (change == StatusChange::Stale)
        throw base::Conflict(
            base::Text("This request changed after you opened it. Nothing was overwritten. Open it again to see "
                       "the newer version."));
    const std::string_view done = request.is_emergency ? "leak-reopened" : "reopened";
    ctx.flash(change == StatusChange::Done ? done : "unchanged");
    return http::redirect(urls::customer_request(request.id));
}

} // namespace pages::customer
