#include "actions/households/answer_ask.hpp"

#include "accounts/account.hpp"
#include "accounts/claims.hpp"
#include "actions/link_account.hpp"
#include "actions/rights.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"

namespace actions {

namespace {

std::optional<accounts::Ask> end_own(db::Transaction& tx, const base::Act& act, AskId id)
{
    const auto ask = accounts::end_ask_to(tx, id, act.visitor.user_id, act.at);
    if (ask)
        notifications::mark_ask_read(tx, act.visitor.user_id, ask->user);
    return ask;
}

void note(db::Transaction& tx, const base::Act& act, const accounts::Ask& ask, events::Kind kind)
{
    events::add_event(tx, act,
        {.subject = events::Subject::Account,
            .subject_id = ask.account.value,
            .kind = kind,
            .after_value = ask.username});
}

} // namespace

bool accept_ask(db::Transaction& tx, const base::Act& act, AskId id)
{
    const auto ask = end_own(tx, act, id);
    if (!ask)
        return false;
    link_with_history(tx, act, ask->account, ask->user);
    accounts::note_claim(tx, ask->account, ask->user, act.at);
    accounts::set_sharing(tx, ask->account, ask->user, ask->sharing);
    tell_household(tx, ask->account, ask->user, act.at);
    return true;
}

bool decline_ask(db::Transaction& tx, const base::Act& act, AskId id)
{
    const auto ask = end_own(tx, act, id);
    if (ask)
        note(tx, act, *ask, events::Kind::AskDeclined);
    return ask.has_value();
}

bool end_ask(db::Transaction& tx, const base::Act& act, AccountId account, AskId id)
{
    require_role(tx, act, base::Role::Representative);
    const auto ask = accounts::end_ask_for(tx, id, account, act.at);
    if (!ask)
        return false;
    note(tx, act, *ask, events::Kind::AskEnded);
    return true;
}

} // namespace actions
