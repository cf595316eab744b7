#include "actions/emergencies/correct_address.hpp"

#include "actions/rights.hpp"
#include "events/changes.hpp"
#include "search/words.hpp"

namespace actions {

bool correct_address(
    db::Transaction& tx, const base::Act& act, ServiceRequestId id, const service_requests::AddressChange& change)
{
    require_role(tx, act, base::Role::Representative);
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

} // namespace actions
