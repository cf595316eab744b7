#pragma once
// notifications/ tells one user that something happened to one service request: read or unread.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace notifications {

struct Notification
{
    NotificationId id;
    UserId user_id;
    ServiceRequestId service_request_id;
    std::string message;
    bool is_read = false;
    base::Time created_at{};
};

/// For a change of status: the customer, unless the customer did it; when the customer reopened it, the staff who took
/// part. An emergency that is open again is everybody's: all active staff and the customer, but whoever reopened it.
/// update_status() calls it.
void notify_of_status(db::Transaction& tx, ServiceRequestId service_request, const base::Visitor& by,
    std::string_view new_status, base::Time now);
/// For a public comment: the other side. The customer when staff wrote; every staff member who commented on the service
/// request or changed its status when the customer wrote. Never for an internal note.
void notify_of_comment(db::Transaction& tx, ServiceRequestId service_request, const base::Visitor& by, base::Time now);
/// For an emergency just submitted: every active staff member but the one who wrote it down. add_service_request()
/// calls it, so that no way in can forget it.
void notify_of_emergency(db::Transaction& tx, ServiceRequestId service_request, UserId by, base::Time now);

/// Newest first, only those before `before` (zero: from the newest), page_size + 1 at most.
inline constexpr std::size_t page_size = 25;
std::vector<Notification> list_notifications(db::Connection& db, UserId user, NotificationId before);
std::int64_t count_unread(db::Connection& db, UserId user);
/// The same for many; who has none is left out.
std::map<UserId, std::int64_t> count_unread(db::Connection& db, std::span<const UserId> users);
/// Marks one of the user's own; throws NotFound for another's.
Notification mark_read(db::Transaction& tx, UserId user, NotificationId id);
/// Marks all up to and including `newest`, so that one that arrived meanwhile stays unread. Returns how many.
std::int64_t mark_all_read(db::Transaction& tx, UserId user, NotificationId newest);
/// Marks those of one service request: its page was opened.
std::int64_t mark_read_for(db::Transaction& tx, UserId user, ServiceRequestId service_request);

} // namespace notifications
