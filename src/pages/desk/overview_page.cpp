#include "pages/desk/overview_page.hpp"

#include "desk/overview.html.hpp"
#include "pages/desk/overview_figures.hpp"
#include "pages/shared/emergencies/alarm_board.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

http::Response overview(web::Context& ctx)
{
    OverviewView view;
    view.page = ctx.page(base::Text("Overview"), web::Place::Overview);
    view.main = {{base::Text("Open requests"), view.page.open_requests, urls::desk_queue("?status=Pending"), "open"},
        {base::Text("Emergencies nobody has"), view.page.open_emergencies,
            urls::desk_queue("?status=Pending&type=gas-leak"), "emergencies"},
        {base::Text("Resolved today"), view.page.resolved_today, urls::desk_queue("?status=Resolved&resolved=today"),
            "resolved"}};
    view.ages = age_figures(ctx);
    view.types = type_figures(ctx);
    view.largest_age = largest(view.ages);
    view.largest_type = largest(view.types);
    view.pinned = shared::pinned_emergencies({ctx.db(), ctx.dates()}, {.viewer = ctx.visitor().user_id, .list = {}});
    view.page.live_topics += " pinned";
    return ctx.render([&](web::Html& out) { views::desk::overview(out, view); });
}

} // namespace pages::desk
