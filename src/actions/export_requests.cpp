#include "actions/export_requests.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"

namespace actions {

void export_requests(db::Transaction& tx, const base::Act& act, std::string_view filter)
{
    require_role(tx, act, base::Role::Representative);
    events::add_event(tx, act,
        {.subject = events::Subject::Export,
            .subject_id = act.visitor.user_id.value,
            .kind = events::Kind::Exported,
            .after_value = filter});
}

} // namespace actions
