#include "actions/emergencies/resolve_false_alarms.hpp"

#include "actions/rights.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"

#include <utility>

namespace actions {

namespace {

using service_requests::Status;

void add_history(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const EmergencyEnd& end)
{
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .kind = end.finding == Finding::FalseAlarm ? events::Kind::FalseAlarm : events::Kind::MadeSafe,
            .visibility = base::Visibility::Internal,
            .after_value = base::trim(end.reason)});
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .kind = events::Kind::Resolved,
            .visibility = base::Visibility::Public,
            .before_value = service_requests::status_name(Status::Pending),
            .after_value = service_requests::status_name(Status::Resolved)});
}

} // namespace

FalseAlarms resolve_false_alarms(db::Transaction& tx, const base::Act& act, const ResolveFalseAlarms& input)
{
    require_role(tx, act, base::Role::Representative);
    if (base::trim(input.end.reason).empty())
        throw base::BadRequest(base::Text("Write how you know."));
    auto held = service_requests::list_held_by_others(tx, act.visitor.user_id, input.fold, input.shown);
    if (!held.empty())
        return {.held = std::move(held)};
    if (input.seen) {
        service_requests::hold_fold(tx, input.fold.first);
        if (auto unseen = comments::find_newest_of_customer(tx, input.fold.first, *input.seen))
            return {.unseen = std::move(unseen)};
    }
    auto resolved = service_requests::set_fold_resolved(tx, act, input.fold);
    for (const ServiceRequestId id : resolved) {
        add_history(tx, act, id, input.end);
        search::update_search_words(tx, id);
        notifications::notify_customer(tx, act, {id, notifications::Kind::Resolved});
    }
    return {.resolved = std::move(resolved)};
}

} // namespace actions
