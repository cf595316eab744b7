#include "actions/households/answer_ask.hpp"

#include "accounts/account.hpp"
#include "accounts/claims.hpp"
#include "actions/link_account.hpp"
#include "actions/rights.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "users/user.hpp"

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

/// By mail too, because it concerns what somebody may see.
void tell(db::Transaction& tx, const base::Act& about, UserId user, const accounts::Ask& ask)
{
    const std::string number = accounts::short_number(ask.number);
    notifications::notify_of_account(
        tx, about, {.user = user, .kind = notifications::Kind::AccountShared, .account = number});
    outbox::add_mail(tx,
        {.kind = outbox::Kind::AccountShared,
            .to_user = user,
            .secret = outbox::account_secret(number, users::get_user(tx, about.visitor.user_id).full_name())},
        about.at);
}

} // namespace

bool accept_ask(db::Transaction& tx, const base::Act& act, AskId id)
{
    const auto ask = end_own(tx, act, id);
    if (!ask)
        return false;
    const auto household = accounts::list_linked_users(tx, ask->account);
    link_with_history(tx, act, ask->account, ask->user);
    accounts::note_claim(tx, ask->account, ask->user, act.at);
    accounts::set_sharing(tx, ask->account, ask->user, ask->sharing);
    tell(tx, act, ask->user, *ask);
    for (const accounts::LinkedUser& user : household)
        tell(tx, base::act_of(ask->user, act.at), user.id, *ask);
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
