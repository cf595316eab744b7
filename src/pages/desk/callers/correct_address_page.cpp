#include "pages/desk/callers/correct_address_page.hpp"

#include "actions/emergencies/correct_address.hpp"
#include "desk/request.html.hpp"
#include "pages/desk/requests/list_place.hpp"
#include "pages/desk/requests/request_view.hpp"
#include "web/forms/draft.hpp"

namespace pages::desk {

using service_requests::ServiceRequest;

namespace {

base::Text reason_not_saved(const ServiceRequest& request)
{
    if (request.status == service_requests::Status::Resolved)
        return base::Text("This request is resolved. Reopen it first.");
    return base::Text(
        "Somebody corrected it meanwhile to {address}. Save again if yours is right.", {{"address", request.address}});
}

http::Response refuse(web::Context& ctx, const ServiceRequest& request, AddressForm form)
{
    RequestView view = request_view(ctx, request);
    view.address_form = std::move(form);
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return ctx.render([&](web::Html& out) { views::desk::request(out, view); }, http::Status::UnprocessableContent);
}

} // namespace

http::Response correct_address(web::Context& ctx)
{
    const auto id = ctx.id<ServiceRequestId>("id");
    const auto get = [&] { return service_requests::get_service_request(ctx.db(), ctx.visitor(), id); };
    const ServiceRequest before = get();
    AddressForm form;
    web::FormReader reader(ctx.request(), form.errors);
    const service_requests::AddressChange change{.before = reader.raw("shown"),
        .after = reader.line("address",
            {.least = 1, .most = 200, .missing = base::MessageId("Ask where it is. The street is enough.")})};
    form.typed = change.after;
    if (!form.errors.empty())
        return refuse(ctx, before, std::move(form));
    ctx.release();
    const bool is_done = ctx.write([&](db::Transaction& tx) {
        web::remove_draft(tx, ctx);
        return actions::correct_address(tx, ctx.act(), id, change);
    });
    // The other way it was sent twice, or a colleague saved the same.
    if (const ServiceRequest now = get(); !is_done && now.address != change.after) {
        form.errors.add("address", reason_not_saved(now));
        return refuse(ctx, now, std::move(form));
    }
    ctx.flash("address-corrected");
    return http::redirect(request_url(ctx, id));
}

} // namespace pages::desk
