#pragma once
// Data for the templates shared/notification*.html.

#include "notifications/notification.hpp"
#include "pages/shared/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/page.hpp"
#include "web/parts.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace web {
class Context;
}

namespace pages::shared {

struct NotificationRow
{
    NotificationId id;
    /// The page of its service request, or of the password.
    std::string path;
    base::Text message;
    /// The service request's; its reference where the message has the title.
    std::string title;
    /// What to do about it; empty for most.
    base::Text advice;
    /// The first words of the comment, or the number of its files; empty without a comment.
    std::string words;
    base::Text files;
    /// A leak was reported or reopened: the street, and whether somebody cannot leave.
    bool is_of_leak = false;
    std::string address;
    bool cannot_leave = false;
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
    /// The position of the newest one shown; empty when there is none.
    std::string newest;
    web::Pager pager;
    web::Empty empty;
};

/// The visitor's own notifications, 25 older than `before`, or the newest without it.
ListView list_view(web::Context& ctx, const notifications::Position& before);
NotificationRow notification_row(web::Context& ctx, const notifications::Notification& notification);
/// "1796000000000.17", as web addresses and forms have it; nothing for any other text.
std::optional<notifications::Position> parse_position(std::string_view text);

/// The form by which the page of a service request says that it was seen. `page` is its frame.
ReadForm read_form(web::Context& ctx, const service_requests::ServiceRequest& request, const web::Page& page);

} // namespace pages::shared
