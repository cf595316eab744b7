#include "pages/shared/notification_views.hpp"

#include "events/position.hpp"
#include "pages/shared/urls.hpp"
#include "web/context.hpp"

#include <fmt/format.h>

namespace pages::shared {

using namespace notifications;

namespace {

void fill_rows(ListView& view, web::Context& ctx, NotificationId before)
{
    auto shown = list_notifications(ctx.db(), ctx.visitor().user_id, before);
    if (shown.size() > page_size) {
        shown.resize(page_size);
        view.pager.older = urls::notifications(fmt::format("?before={}", shown.back().id.value));
    }
    if (before)
        view.pager.newer = urls::notifications();
    const base::Time today = ctx.site().zone.start_of_day(ctx.now());
    for (const Notification& notification : shown) {
        auto& group = notification.created_at >= today ? view.today : view.earlier;
        group.push_back({.id = notification.id,
            .message = sentence_of(notification),
            .is_read = notification.is_read,
            .when = ctx.dates().friendly(notification.created_at),
            .when_iso = base::iso_utc(notification.created_at),
            .when_exact = ctx.dates().exact(notification.created_at)});
    }
    if (!shown.empty())
        view.newest = shown.front().id;
}

} // namespace

ListView list_view(web::Context& ctx, NotificationId before)
{
    ListView view;
    fill_rows(view, ctx, before);
    view.page = ctx.page(base::Text("Notifications"), web::Place::Notifications);
    if (!ctx.visitor().is_staff()) {
        view.page.live_topics = "unread";
        view.page.live_after = events::position_now(ctx.db());
    }
    view.empty = {.title = base::Text("Nothing new"),
        .text = base::Text("When the status of a request changes or somebody answers, it is listed here."),
        .action = {},
        .url = {}};
    return view;
}

} // namespace pages::shared
