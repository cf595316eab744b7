#include "server/frame.hpp"

#include "events/position.hpp"
#include "notifications/notification.hpp"
#include "pages/shared/presentation.hpp"
#include "queue/queue.hpp"

namespace server {

namespace {

// What fits under the header; the side bar counts them all.
constexpr std::size_t most_alarms = 3;

} // namespace

void complete_page(web::Context& ctx, web::Page& page)
{
    if (ctx.visitor().is_guest())
        return;
    page.unread = notifications::count_unread(ctx.db(), ctx.visitor().user_id);
    if (!ctx.visitor().is_staff())
        return;
    const auto counts = queue::count_queue(ctx.db(), ctx.site().zone.start_of_day(ctx.now()));
    page.open_requests = counts.open;
    page.open_emergencies = counts.open_emergencies;
    page.resolved_today = counts.resolved_today;
    // Somebody of the staff may be on any page when a leak is reported.
    page.live_topics = "unread counts emergencies";
    page.live_after = events::position_now(ctx.db());
    page.live_keep = true;
    if (counts.open_emergencies == 0)
        return;
    for (const auto& request : queue::list_open_emergencies(ctx.db(), most_alarms))
        page.alarms.push_back(pages::shared::alarm_of(ctx.dates(), request));
}

} // namespace server
