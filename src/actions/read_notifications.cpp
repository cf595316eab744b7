#include "actions/read_notifications.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"

namespace actions {

std::int64_t read_notifications(db::Transaction& tx, const base::Act& act, const notifications::Position& newest)
{
    return notifications::mark_all_read(tx, act.visitor.user_id, newest);
}

void read_request(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request, base::Time until)
{
    notifications::mark_read_for(tx, act.visitor.user_id, service_request, until);
    if (act.visitor.is_staff() && service_requests::note_reply_read(tx, act, service_request, until))
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
