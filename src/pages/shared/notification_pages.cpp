#include "pages/shared/notification_pages.hpp"

#include "actions/read_notifications.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "events/position.hpp"
#include "pages/shared/notification_views.hpp"
#include "pages/shared/urls.hpp"
#include "shared/notifications.html.hpp"
#include "shared/notifications_for_staff.html.hpp"

#include <fmt/format.h>

namespace pages::shared {

using namespace notifications;

namespace {

NotificationId before_in(const http::Request& request)
{
    const auto value = request.query_value("before");
    if (!value)
        return {};
    const auto number = base::parse_integer(*value);
    if (!number)
        throw base::BadRequest(base::Text("The position in this web address is not one we use."));
    return NotificationId{*number};
}

void fill_rows(ListView& view, web::Context& ctx)
{
    const NotificationId before = before_in(ctx.request());
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
            .when_iso = base::iso_utc(notification.created_at)});
    }
    if (!shown.empty())
        view.newest = shown.front().id;
}

} // namespace

http::Response show_notifications(web::Context& ctx)
{
    ListView view;
    fill_rows(view, ctx);
    view.page = ctx.page(base::Text("Notifications"), web::Place::Notifications);
    if (!ctx.visitor().is_staff()) {
        view.page.live_topics = "unread";
        view.page.live_after = events::position_now(ctx.db());
    }
    view.empty = {.title = base::Text("Nothing new"),
        .text = base::Text("When the status of a request changes or somebody answers, it is listed here."),
        .action = {},
        .address = {}};
    if (ctx.visitor().is_staff())
        return ctx.render([&](web::Html& out) { views::shared::notifications_for_staff(out, view); });
    return ctx.render([&](web::Html& out) { views::shared::notifications(out, view); });
}

http::Response read_all_notifications(web::Context& ctx)
{
    const auto newest = base::parse_integer(ctx.request().form_value("newest").value_or(""));
    if (!newest)
        throw base::BadRequest(base::Text("The form does not say up to which notification."));
    ctx.write([&](db::Transaction& tx) { actions::read_notifications(tx, ctx.act(), NotificationId{*newest}); });
    ctx.flash("all-read");
    return http::redirect(urls::notifications());
}

http::Response open_notification(web::Context& ctx)
{
    const auto id = ctx.id<NotificationId>("id");
    const auto about = ctx.write([&](db::Transaction& tx) { return actions::read_notification(tx, ctx.act(), id); });
    return http::redirect(ctx.visitor().is_staff() ? urls::desk_request(about) : urls::customer_request(about));
}

} // namespace pages::shared
