#include "pages/shared/notification_pages.hpp"

#include "actions/read_notifications.hpp"
#include "base/error.hpp"
#include "pages/shared/notification_views.hpp"
#include "pages/shared/urls.hpp"
#include "partials/unread_badge.html.hpp"
#include "service_requests/service_request.hpp"
#include "shared/notifications.html.hpp"
#include "shared/notifications_for_staff.html.hpp"
#include "web/forms/form.hpp"

namespace pages::shared {

namespace {

using notifications::Position;

Position before_in(const http::Request& request)
{
    const auto value = request.query_value("before");
    if (!value)
        return {};
    const auto position = parse_position(*value);
    if (!position)
        throw base::BadRequest(base::Text("That link doesn’t work. Start from “Notifications”."));
    return *position;
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
    const auto newest = parse_position(ctx.request().form_value("newest").value_or(""));
    if (!newest)
        throw base::BadRequest(base::Text("The form does not say up to which notification."));
    ctx.write([&](db::Transaction& tx) { actions::read_notifications(tx, ctx.act(), *newest); });
    ctx.flash("all-read");
    return http::redirect(urls::notifications());
}

http::Response read_request(web::Context& ctx)
{
    const auto id = ctx.id<ServiceRequestId>("id");
    service_requests::get_service_request(ctx.db(), ctx.visitor(), id);
    const base::Time until = base::from_millis(web::required_number(ctx.request(), "until"));
    ctx.release();
    const std::int64_t unread = ctx.write([&](db::Transaction& tx) {
        actions::read_request(tx, ctx.act(), id, until);
        return notifications::count_unread(tx, ctx.visitor().user_id);
    });
    if (ctx.wants_fragment())
        return ctx.render_fragment([&](web::Html& out) { views::partials::unread_badge(out, unread); });
    return http::redirect(ctx.visitor().is_staff()
                              ? urls::desk_request(id, urls::from_list(ctx.request().form_value("list").value_or("")))
                              : urls::customer_request(id));
}

} // namespace pages::shared
