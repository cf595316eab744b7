#include "server/frame.hpp"

#include "events/position.hpp"
#include "notifications/notification.hpp"
#include "pages/shared/emergencies/alarm_board.hpp"
#include "queue/queue.hpp"

namespace server {

void complete_page(web::Context& ctx, web::Page& page)
{
    // Nothing of the site before a new password or a second factor that is due, also on a page that says "not found".
    if (ctx.visitor().is_guest() || ctx.must_change_password() || ctx.must_add_factor())
        return;
    page.unread = notifications::count_unread(ctx.db(), ctx.visitor().user_id);
    // Every page learns that the session has ended on another device, and covers itself.
    page.live_topics = "unread";
    page.live_after = events::position_now(ctx.db());
    // On a public computer also one that nobody looks at.
    page.live_keep = ctx.is_public_computer();
    if (!ctx.visitor().is_staff())
        return;
    const auto counts = queue::count_queue(ctx.db(), ctx.site().zone.start_of_day(ctx.now()));
    page.open_requests = counts.open;
    page.open_emergencies = counts.emergencies.nobody_has();
    page.all_emergencies = counts.emergencies.open;
    page.resolved_today = counts.resolved_today;
    // Somebody of the staff may be on any page when a leak is reported.
    page.live_topics = "unread counts emergencies";
    page.live_keep = true;
    page.board = pages::shared::alarm_board({ctx.db(), ctx.dates()}, counts.emergencies);
}

} // namespace server
