#include "actions/change_account.hpp"

#include "actions/rights.hpp"
#include "events/changes.hpp"
#include "search/words.hpp"

#include <string>

namespace actions {

namespace {

events::NewEvent event_of(AccountId account, events::Kind kind, std::string_view after = {})
{
    return {.subject = events::Subject::Account, .subject_id = account.value, .kind = kind, .after_value = after};
}

} // namespace

AccountId add_account(db::Transaction& tx, const base::Act& act, const accounts::AccountForm& form)
{
    require_role(tx, act, base::Role::Representative);
    const AccountId id = accounts::add_account(tx, form, act.at);
    events::add_event(tx, act, event_of(id, events::Kind::Created, form.number));
    return id;
}

bool change_account(db::Transaction& tx, const base::Act& act, AccountId id, const accounts::AccountForm& form)
{
    require_role(tx, act, base::Role::Representative);
    const accounts::Account before = accounts::get_account(tx, id);
    if (!accounts::update_account(tx, before, form))
        return false;
    if (const auto changes = accounts::changed_fields(before, form); !changes.empty()) {
        const events::ChangedValues values = events::changed_values(changes);
        auto event = event_of(id, events::Kind::Changed, values.after);
        event.before_value = values.before;
        events::add_event(tx, act, event);
        search::update_search_words_of_account(tx, id);
    }
    if (before.is_active != form.is_active)
        events::add_event(tx, act, event_of(id, form.is_active ? events::Kind::Activated : events::Kind::Deactivated));
    return true;
}

} // namespace actions
