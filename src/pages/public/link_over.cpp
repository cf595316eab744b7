#include "pages/public/link_over.hpp"

#include "pages/public/views.hpp"
#include "public/link_over.html.hpp"

namespace pages::public_ {

ServiceRequestId own_request(const web::Context& ctx, const service_requests::ServiceRequest& request)
{
    return request.user_id && request.user_id == ctx.visitor().user_id ? request.id : ServiceRequestId();
}

http::Response for_holders_only(http::Response response)
{
    response.header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex");
    return response;
}

http::Response show_link_over(web::Context& ctx, const service_requests::Followed& followed)
{
    LinkOverView view;
    view.page = ctx.bare_page(base::Text("This private link no longer works"));
    view.is_withdrawn = followed.link == service_requests::PrivateLink::Withdrawn;
    view.own = own_request(ctx, followed.request);
    return for_holders_only(
        ctx.render([&](web::Html& out) { views::public_::link_over(out, view); }, http::Status::Gone));
}

} // namespace pages::public_
