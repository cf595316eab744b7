#include "actions/emergencies/withdraw_link.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"
#include "service_requests/private_link.hpp"

namespace actions {

bool withdraw_link(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    require_role(tx, act, base::Role::Representative);
    if (!service_requests::set_link_withdrawn(tx, id, act.at))
        return false;
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .kind = events::Kind::LinkWithdrawn,
            .visibility = base::Visibility::Internal});
    return true;
}

} // namespace actions
