#include "actions/emergencies/take_over_emergency.hpp"

#include "actions/emergencies/tell_who_had_it.hpp"
#include "actions/rights.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "users/user.hpp"

#include <string>

namespace actions {

using service_requests::Taking;

service_requests::TakingResult take_over_emergency(
    db::Transaction& tx, const base::Act& act, const TakeEmergency& input, UserId from)
{
    require_role(tx, act, base::Role::Representative);
    const ServiceRequestId id = input.id;
    const auto unseen = hold_unseen(tx, input);
    auto result = service_requests::set_taken_over(tx, act, {.id = id, .from = from, .unseen = unseen});
    const bool is_over = result.taking == Taking::TakenOver;
    const std::string before = is_over ? users::get_user(tx, from).full_name() : std::string();
    for (const ServiceRequestId taken : result.taken)
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = taken.value,
                .kind = is_over ? events::Kind::TakenOver : events::Kind::Taken,
                .visibility = base::Visibility::Internal,
                .before_value = before,
                .after_value = is_over ? std::to_string(from.value) : std::string()});
    if (is_over)
        tell_who_had_it(tx, act, {.id = id, .had = from}, EmergencyNews::TakenOver);
    if (!result.taken.empty())
        notifications::mark_emergency_read(tx, act, id);
    return result;
}

} // namespace actions
