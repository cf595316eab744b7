#include "actions/emergencies/take_emergency.hpp"

#include "actions/rights.hpp"
#include "events/position.hpp"
#include "notifications/notification.hpp"

#include <algorithm>

namespace actions {

std::vector<ServiceRequestId> hold_unseen(db::Transaction& tx, const TakeEmergency& input)
{
    auto unseen = service_requests::hold_fold(tx, input.id);
    if (unseen.empty())
        return unseen;
    const auto news = events::list_new_events(tx, input.shown, events::position_now(tx));
    if (!news)
        return unseen;
    std::erase_if(unseen, [&](ServiceRequestId id) {
        return std::ranges::none_of(*news, [id](const events::Event& event) {
            return event.subject == events::Subject::ServiceRequest && event.subject_id == id.value &&
                   event.kind == events::Kind::Submitted;
        });
    });
    return unseen;
}

service_requests::TakingResult take_emergency(db::Transaction& tx, const base::Act& act, const TakeEmergency& input)
{
    require_role(tx, act, base::Role::Representative);
    auto result = service_requests::set_taken(tx, act, input.id, hold_unseen(tx, input));
    for (const ServiceRequestId taken : result.taken)
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = taken.value,
                .kind = events::Kind::Taken,
                .visibility = base::Visibility::Internal});
    if (result.taking == service_requests::Taking::Done)
        notifications::mark_emergency_read(tx, act, input.id);
    return result;
}

} // namespace actions
