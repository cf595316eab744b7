#pragma once
// Data for the templates shared/notification*.html.

#include "notifications/notification.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <string>
#include <vector>

namespace web {
class Context;
}

namespace pages::shared {

struct NotificationRow
{
    NotificationId id;
    base::Text message;
    bool is_read = false;
    std::string when;
    std::string when_iso;
    std::string when_exact;
};

/// templates/shared/notifications.html, inside the customer's or the staff's frame.
struct ListView
{
    web::Page page;
    std::vector<NotificationRow> today;
    std::vector<NotificationRow> earlier;
    NotificationId newest;
    web::Pager pager;
    web::Empty empty;
};

/// The visitor's own notifications, 25 older than `before`, or the newest without it.
ListView list_view(web::Context& ctx, NotificationId before);

} // namespace pages::shared
