#include "actions/emergencies/give_back_emergency.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"
#include "service_requests/emergency.hpp"

namespace actions {

bool give_back_emergency(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    require_role(tx, act, base::Role::Representative);
    const auto given_back = service_requests::set_given_back(tx, act, id);
    for (const ServiceRequestId one : given_back)
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = one.value,
                .kind = events::Kind::GivenBack,
                .visibility = base::Visibility::Internal});
    return !given_back.empty();
}

} // namespace actions
