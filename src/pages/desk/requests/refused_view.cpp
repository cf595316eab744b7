#include "pages/desk/requests/refused_view.hpp"

#include "base/text.hpp"
#include "pages/desk/requests/request_view.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/upload.hpp"

namespace pages::desk {

namespace {

/// The box as it was sent, and the key, so that sending them again after a lost answer is the same submission.
void show_typed(web::Context& ctx, RequestView& view)
{
    const http::Request& request = ctx.request();
    view.comment_form.submission = request.form_value("submission").value_or("");
    view.comment_form.text = base::clean_text(request.form_value("text").value_or(""));
    view.comment_form.is_internal =
        base::parse_visibility(request.form_value("visibility").value_or("")) == base::Visibility::Internal;
}

/// The page as it was sent, before what was wrong with it.
RequestView sent_view(web::Context& ctx, ServiceRequestId id, http::Status status)
{
    RequestView view = request_view(ctx, service_requests::get_service_request(ctx.db(), ctx.visitor(), id));
    show_typed(ctx, view);
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

} // namespace

RequestView refused_status_view(
    web::Context& ctx, ServiceRequestId id, const shared::StatusInput& input, http::Status status)
{
    RequestView view = sent_view(ctx, id, status);
    view.comment_form.files_are_lost = input.comment && web::has_files(ctx) && input.comment->held.empty();
    if (!input.comment || view.is_unavailable)
        return view;
    view.comment_form.held = input.comment->held;
    view.comment_form.errors = input.comment->errors;
    if (input.sends_comment())
        view.comment_form.errors.send_without_to(
            urls::desk_status(id), "send_and", std::string(service_requests::status_name(input.status)));
    if (input.unsent == web::Unsent::Ask)
        view.comment_form.asks_before = input.status;
    return view;
}

RequestView refused_comment_view(
    web::Context& ctx, ServiceRequestId id, const shared::CommentInput& input, http::Status status)
{
    RequestView view = sent_view(ctx, id, status);
    view.comment_form.errors = input.errors;
    view.comment_form.files_are_lost = web::has_files(ctx) && input.held.empty();
    view.comment_form.held = input.held;
    return view;
}

} // namespace pages::desk
