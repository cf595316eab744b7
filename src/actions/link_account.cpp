#include "actions/link_account.hpp"

#include "accounts/asks.hpp"
#include "accounts/links.hpp"
#include "actions/rights.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "search/words.hpp"
#include "users/user.hpp"

namespace actions {

namespace {

struct Link
{
    const accounts::Account& account;
    const users::User& user;
};

/// The link or its end in the history of both, and in the account's search words.
void note(db::Transaction& tx, const base::Act& act, const Link& link, events::Kind kind)
{
    const auto& [account, user] = link;
    events::add_event(tx, act,
        {.subject = events::Subject::Account,
            .subject_id = account.id.value,
            .kind = kind,
            .after_value = user.username});
    events::add_event(tx, act,
        {.subject = events::Subject::User, .subject_id = user.id.value, .kind = kind, .after_value = account.number});
    search::update_search_words_of_account(tx, account.id);
}

/// By mail too, because it concerns what somebody may see.
void tell_one(db::Transaction& tx, const base::Act& about, UserId user, const std::string& number)
{
    notifications::notify_of_account(
        tx, about, {.user = user, .kind = notifications::Kind::AccountShared, .account = number});
    outbox::add_mail(tx,
        {.kind = outbox::Kind::AccountShared,
            .to_user = user,
            .secret = outbox::account_secret(number, users::get_user(tx, about.visitor.user_id).full_name())},
        about.at);
}

} // namespace

bool link_with_history(db::Transaction& tx, const base::Act& act, AccountId account, UserId user)
{
    const auto linked = accounts::get_account(tx, account);
    const auto person = users::get_user(tx, user);
    if (!accounts::add_link(tx, account, user))
        return false;
    accounts::end_ask_of(tx, account, user);
    note(tx, act, {linked, person}, events::Kind::Linked);
    return true;
}

bool unlink_with_history(db::Transaction& tx, const base::Act& act, const accounts::Account& before, UserId user)
{
    if (!accounts::remove_link(tx, before.id, user))
        return false;
    note(tx, act, {before, users::get_user(tx, user)}, events::Kind::Unlinked);
    const UserId holder = accounts::get_account(tx, before.id).user_id;
    if (before.user_id != user || !holder)
        return true;
    events::add_event(tx, act,
        {.subject = events::Subject::Account,
            .subject_id = before.id.value,
            .kind = events::Kind::HolderChanged,
            .after_value = users::get_user(tx, holder).username});
    notifications::notify_of_account(tx, act,
        {.user = holder, .kind = notifications::Kind::AccountHeld, .account = accounts::short_number(before.number)});
    return true;
}

void tell_household(db::Transaction& tx, AccountId account, UserId joined, base::Time at)
{
    const std::string number = accounts::short_number(accounts::get_account_number(tx, account));
    auto others = accounts::list_linked_users(tx, account);
    std::erase_if(others, [joined](const accounts::LinkedUser& user) { return user.id == joined; });
    if (others.empty())
        return;
    tell_one(tx, base::act_of(others.front().id, at), joined, number);
    for (const accounts::LinkedUser& user : others)
        tell_one(tx, base::act_of(joined, at), user.id, number);
}

bool link_account(db::Transaction& tx, const base::Act& act, AccountId account, UserId user)
{
    require_role(tx, act, base::Role::Representative);
    if (!link_with_history(tx, act, account, user))
        return false;
    tell_household(tx, account, user, act.at);
    return true;
}

bool unlink_account(db::Transaction& tx, const base::Act& act, AccountId account, UserId user)
{
    require_role(tx, act, base::Role::Representative);
    return unlink_with_history(tx, act, accounts::get_account(tx, account), user);
}

void unlink_all(db::Transaction& tx, const base::Act& act, UserId user)
{
    for (const AccountId account : accounts::list_links_of(tx, user))
        unlink_with_history(tx, act, accounts::get_account(tx, account), user);
}

} // namespace actions
