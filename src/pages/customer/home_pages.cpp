#include "pages/customer/home_pages.hpp"

#include "customer/guest.html.hpp"
#include "customer/home.html.hpp"
#include "pages/customer/page_views.hpp"
#include "pages/shared/urls.hpp"

namespace pages::customer {

http::Response front(web::Context& ctx, const bool& takes_registrations)
{
    if (ctx.visitor().is_staff())
        return http::redirect(urls::desk());
    if (!ctx.visitor().is_guest()) {
        const HomeView view = home_view(ctx);
        return ctx.render([&](web::Html& out) { views::customer::home(out, view); });
    }
    FrontView view;
    view.takes_registrations = takes_registrations;
    view.page = ctx.page(base::Text("Gas service and safety"));
    view.page.description = base::Text("Report a gas leak, ask for service and follow your requests.");
    return ctx.render([&](web::Html& out) { views::customer::guest(out, view); });
}

} // namespace pages::customer
