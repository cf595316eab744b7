#include "actions/read_notifications.hpp"

#include "base/error.hpp"
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

void forget_old_comment_news(db::Transaction& tx, const base::Act& act, base::Time last)
{
    if (!act.is_by_program)
        throw base::Forbidden("only the program forgets notifications");
    notifications::remove_comment_news(tx, last);
}

} // namespace actions
