#include "pages/customer/comment_pages.hpp"

#include "base/reference.hpp"
#include "customer/comment_refused.html.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/comment_form.hpp"

namespace pages::customer {

namespace {

http::Response refuse(web::Context& ctx, const service_requests::ServiceRequest& request,
    const shared::CommentInput& input, http::Status status)
{
    RefusedView view;
    view.page = ctx.page(base::Text("Problem: your comment was not sent"), web::Place::Requests);
    view.reference = base::reference(request.id);
    view.title = request.title();
    view.is_unavailable = status == http::Status::ServiceUnavailable;
    view.form = {.id = request.id,
        .csrf = view.page.csrf,
        .submission = std::string(ctx.request().form_value("submission").value_or("")),
        .text = input.text,
        .errors = input.errors,
        .files_are_lost = web::has_files(ctx),
        .why = std::string(ctx.request().form_value("why").value_or(""))};
    return ctx.render([&](web::Html& out) { views::customer::comment_refused(out, view); }, status);
}

} // namespace

http::Response write_comment(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    return shared::write_comment(ctx, store, comment_form_of(request.id),
        [&](const shared::CommentInput& input, http::Status status) { return refuse(ctx, request, input, status); });
}

} // namespace pages::customer
