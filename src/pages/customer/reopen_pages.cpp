#include "base/error.hpp"
#include "customer/show.html.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/customer/request_pages.hpp"
#include "pages/shared/urls.hpp"

#include <optional>

namespace pages::customer {

using namespace service_requests;

namespace {

shared::StatusInput read_reopening(web::Context& ctx, const storage::Store& store, const shared::CommentForm& form)
{
    shared::StatusInput input = shared::read_status_form(ctx, store, form);
    if (!web::FormReader(ctx.request(), input.errors).number("version"))
        throw base::BadRequest(base::Text("This form is not complete. Open the request again and try once more."));
    input.if_already_so = shared::IfAlreadySo::WriteComments;
    return input;
}

/// Why the form comes back before anything is tried; nothing when it may go ahead.
std::optional<http::Status> reason_to_refuse(const shared::StatusInput& input)
{
    if (input.sends_comment() && !input.comment->errors.empty())
        return input.comment->files.refusal;
    if (!input.errors.empty() || (input.comment && input.unsent == web::Unsent::Ask))
        return http::Status::UnprocessableContent;
    return std::nullopt;
}

} // namespace

http::Response reopen_request(web::Context& ctx, storage::Store& store)
{
    const auto request = get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    const shared::CommentForm form = comment_form_of(request.id);
    const shared::StatusInput input = read_reopening(ctx, store, form);
    if (const auto reason = reason_to_refuse(input)) {
        const ShowView view = refused_view(ctx, request, input);
        return ctx.render([&](web::Html& out) { views::customer::show(out, view); }, *reason);
    }
    const StatusChange change = shared::save_status(ctx, store, form, input);
    if (change == StatusChange::Stale)
        throw base::Conflict(
            base::Text("This request changed after you opened it. Nothing was overwritten. Open it again to see "
                       "the newer version."));
    ctx.flash(change == StatusChange::Done ? "reopened" : "unchanged");
    return http::redirect(urls::customer_request(request.id));
}

} // namespace pages::customer
