#include "actions/emergencies/take_emergency.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"

namespace actions {

service_requests::Taking take_emergency(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    require_role(tx, act, base::Role::Representative);
    const auto result = service_requests::set_taken(tx, act, id);
    for (const ServiceRequestId taken : result.taken)
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = taken.value,
                .kind = events::Kind::Taken,
                .visibility = base::Visibility::Internal});
    if (result.taking == service_requests::Taking::Done)
        notifications::mark_emergency_read(tx, act, id);
    return result.taking;
}

} // namespace actions
