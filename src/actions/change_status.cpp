#include "actions/change_status.hpp"

#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "search/words.hpp"

namespace actions {

namespace {

using service_requests::Status;
using service_requests::StatusChange;

void add_status_event(db::Transaction& tx, const base::Act& act, ServiceRequestId id, Status status)
{
    const bool is_resolved = status == Status::Resolved;
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .kind = is_resolved ? events::Kind::Resolved : events::Kind::Reopened,
            .visibility = base::Visibility::Public,
            .before_value = service_requests::status_name(is_resolved ? Status::Pending : Status::Resolved),
            .after_value = service_requests::status_name(status)});
}

} // namespace

StatusChange change_status(db::Transaction& tx, const base::Act& act, const ChangeStatus& input)
{
    const ServiceRequestId id = input.service_request;
    const auto [change, is_emergency] = service_requests::update_status(tx, act, id, {input.status, input.version});
    if (change != StatusChange::Done)
        return change;
    for (const WriteComment& comment : input.comments)
        add_comment_with_history(tx, act, comment);
    add_status_event(tx, act, id, input.status);
    search::update_search_words(tx, id);
    const bool is_resolved = input.status == Status::Resolved;
    const auto kind = is_resolved ? notifications::Kind::Resolved : notifications::Kind::Reopened;
    if (is_emergency && !is_resolved)
        notifications::notify_staff_and_customer(tx, act, {id, notifications::Kind::LeakReopened});
    else if (act.visitor.is_staff())
        notifications::notify_customer(tx, act, {id, kind});
    else
        notifications::notify_participants(tx, act, {id, kind});
    return change;
}

} // namespace actions
