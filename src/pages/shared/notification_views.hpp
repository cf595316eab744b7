#pragma once
// Data for the templates shared/notification*.html.

#include "notifications/notification.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <string>
#include <vector>

namespace pages::shared {

struct NotificationRow
{
    NotificationId id;
    base::Text message;
    bool is_read = false;
    std::string when;
    std::string when_iso;
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

} // namespace pages::shared
