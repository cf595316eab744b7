#include "actions/read_notifications.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "service_requests/service_request.hpp"

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

void read_reply(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request)
{
    if (service_requests::note_reply_read(tx, act, service_request))
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = service_request.value,
                .kind = events::Kind::ReplyRead,
                .visibility = base::Visibility::Internal});
}

void forget_old_comment_news(db::Transaction& tx, const base::Act& act, base::Time last)
{
    if (!act.is_by_program)
        throw base::Forbidden("only the program forgets notifications");
    notifications::remove_comment_news(tx, last);
    service_requests::note_old_replies_read(tx, last);
}

} // namespace actions
