#include "pages/shared/notification_pages.hpp"

#include "actions/read_notifications.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "pages/shared/notification_views.hpp"
#include "pages/shared/urls.hpp"
#include "shared/notifications.html.hpp"
#include "shared/notifications_for_staff.html.hpp"

namespace pages::shared {

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

} // namespace

http::Response show_notifications(web::Context& ctx)
{
    const ListView view = list_view(ctx, before_in(ctx.request()));
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
