#include "actions/read_notifications.hpp"

#include "notifications/notification.hpp"

namespace actions {

ServiceRequestId read_notification(db::Transaction& tx, const base::Act& act, NotificationId id)
{
    return notifications::mark_read(tx, act.visitor.user_id, id);
}

std::int64_t read_notifications(db::Transaction& tx, const base::Act& act, NotificationId newest)
{
    return notifications::mark_all_read(tx, act.visitor.user_id, newest);
}

std::int64_t read_notifications_of(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request)
{
    return notifications::mark_read_for(tx, act.visitor.user_id, service_request);
}

} // namespace actions
