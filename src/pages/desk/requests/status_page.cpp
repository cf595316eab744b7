#include "pages/desk/requests/status_page.hpp"

#include "desk/request.html.hpp"
#include "pages/desk/requests/refused_view.hpp"
#include "pages/desk/requests/request_forms.hpp"
#include "pages/shared/status_form.hpp"
#include "pages/shared/urls.hpp"
#include "web/forms/submission.hpp"

namespace pages::desk {

using service_requests::StatusChange;

http::Response change_status(web::Context& ctx, storage::Store& store)
{
    const auto request = service_requests::get_service_request(ctx.db(), ctx.visitor(), ctx.id<ServiceRequestId>("id"));
    shared::StatusInput input = read_status(ctx, store, request.id);
    const auto refuse = [&](http::Status status) {
        const RequestView view = refused_status_view(ctx, request.id, input, status);
        return ctx.render([&](web::Html& out) { views::desk::request(out, view); }, status);
    };
    if (const auto reason = reason_to_refuse(input, request.status))
        return refuse(*reason);
    try {
        const StatusChange change = shared::save_status(ctx, store, comment_form_of(request.id), input);
        const bool has_text = !input.reason.empty() || input.comment;
        if (change == StatusChange::Stale || (change == StatusChange::AlreadySo && has_text))
            return refuse(http::Status::Conflict);
        if (change == StatusChange::AlreadySo)
            ctx.flash("unchanged");
        else
            ctx.flash(input.status == service_requests::Status::Resolved ? "resolved" : "reopened");
    } catch (const base::Unavailable& error) {
        web::log_unsaved(ctx, "status", error);
        input.errors.add("status_text", base::Text(web::try_again));
        return refuse(http::Status::ServiceUnavailable);
    }
    return http::redirect(urls::desk_request(request.id));
}

} // namespace pages::desk
