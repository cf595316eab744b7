#include "base/reference.hpp"
#include "pages/public/emergency_pages.hpp"
#include "pages/public/views.hpp"
#include "pages/shared/presentation.hpp"
#include "public/follow.html.hpp"

namespace pages::public_ {

http::Response follow_leak(web::Context& ctx)
{
    const auto request = service_requests::get_followed_service_request(ctx.db(), ctx.path_value("token"));
    FollowView view;
    view.page = ctx.bare_page(base::Text("Your gas leak report"));
    view.reference = base::reference(request.id);
    view.link = ctx.request().path;
    view.address = request.address;
    view.items = timeline::list_items(ctx.db(), request, {ctx.dates(), base::Visitor{}});
    view.state = shared::state_of(ctx.dates(), request, view.items);
    auto response = ctx.render([&](web::Html& out) { views::public_::follow(out, view); });
    response.header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex");
    return response;
}

} // namespace pages::public_
