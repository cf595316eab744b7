#include "app/frame.hpp"

#include "notifications/notification.hpp"
#include "service_requests/queue.hpp"

namespace app {

void complete_page(web::Context& ctx, web::Page& page)
{
    if (ctx.visitor().is_guest())
        return;
    page.unread = notifications::count_unread(ctx.db(), ctx.visitor().user_id);
    if (!ctx.visitor().is_staff())
        return;
    const auto counts = service_requests::count_queue(ctx.db(), ctx.site().zone.start_of_day(ctx.now()));
    page.open_requests = counts.open;
    page.open_emergencies = counts.open_emergencies;
    page.resolved_today = counts.resolved_today;
}

} // namespace app
