#include "actions/emergencies/correct_address.hpp"

#include "actions/rights.hpp"
#include "events/changes.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"

namespace actions {

namespace {

bool change_address(
    db::Transaction& tx, const base::Act& act, ServiceRequestId id, const service_requests::AddressChange& change)
{
    if (!service_requests::set_address(tx, act, id, change))
        return false;
    if (change.before == change.after)
        return true;
    const events::ChangedValues values = events::changed_values({{"address", change.before, change.after}});
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .kind = events::Kind::Changed,
            .visibility = base::Visibility::Public,
            .before_value = values.before,
            .after_value = values.after});
    search::update_search_words(tx, id);
    return true;
}

} // namespace

bool correct_address(
    db::Transaction& tx, const base::Act& act, ServiceRequestId id, const service_requests::AddressChange& change)
{
    require_role(tx, act, base::Role::Representative);
    return change_address(tx, act, id, change);
}

bool add_address(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const std::string& address)
{
    const auto request = service_requests::get_service_request(tx, act.visitor, id);
    return change_address(tx, act, request.id, {.before = "", .after = address});
}

} // namespace actions
