#include "actions/households/claim_account.hpp"

#include "accounts/asks.hpp"
#include "accounts/claims.hpp"
#include "accounts/tries.hpp"
#include "actions/link_account.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "users/user.hpp"

#include <fmt/format.h>

namespace actions {

namespace {

using accounts::Account;
using accounts::Claim;

int seconds_of(std::chrono::milliseconds wait)
{
    return static_cast<int>(std::chrono::ceil<std::chrono::seconds>(wait).count());
}

std::uint64_t minutes_of(std::chrono::milliseconds wait)
{
    return static_cast<std::uint64_t>(std::chrono::ceil<std::chrono::minutes>(wait).count());
}

void link_as_claimed(db::Transaction& tx, const base::Act& act, AccountId account, accounts::Sharing sharing)
{
    const UserId user = act.visitor.user_id;
    link_with_history(tx, act, account, user);
    accounts::note_claim(tx, account, user, act.at);
    accounts::set_sharing(tx, account, user, sharing);
}

void ask_holder(db::Transaction& tx, const base::Act& act, const Account& account, accounts::Sharing sharing)
{
    const users::User asker = users::get_user(tx, act.visitor.user_id);
    if (!accounts::add_ask(
            tx, {.id = {}, .account = account.id, .user = asker.id, .sharing = sharing, .asked_at = act.at}))
        return;
    events::add_event(tx, act,
        {.subject = events::Subject::Account,
            .subject_id = account.id.value,
            .kind = events::Kind::AskedToShare,
            .after_value = asker.username});
    const std::string number = accounts::short_number(account.number);
    notifications::notify_of_account(
        tx, act, {.user = account.user_id, .kind = notifications::Kind::AccountAsked, .account = number});
    outbox::add_mail(tx,
        {.kind = outbox::Kind::AccountAsked,
            .to_user = account.user_id,
            .secret = outbox::account_secret(number, asker.full_name())},
        act.at);
}

/// In a transaction of its own. Somebody may have been linked or unlinked since the claim.
void settle(db::Transaction& tx, const Claim& claim, base::Time now)
{
    const users::User user = users::get_user(tx, claim.user);
    if (!accounts::remove_claim(tx, claim.id) || !user.is_active || user.role != base::Role::Customer)
        return;
    const auto account = accounts::find_claimable(tx, claim.number, claim.postal_code);
    if (!account || accounts::is_linked(tx, account->id, claim.user))
        return;
    const base::Act act = base::act_of(claim.user, now);
    if (accounts::count_links(tx, account->id) == 0)
        link_as_claimed(tx, act, account->id, claim.sharing);
    else
        ask_holder(tx, act, *account, claim.sharing);
}

} // namespace

bool claim_account(db::Transaction& tx, const base::Act& act, const AccountClaim& claim)
{
    const UserId user = act.visitor.user_id;
    const auto account = accounts::find_claimable(tx, claim.number, claim.postal_code);
    const AccountId id = account ? account->id : AccountId();
    if (accounts::count_links(tx, id) == 0 && account) {
        link_as_claimed(tx, act, id, claim.sharing);
        return true;
    }
    accounts::add_claim(tx,
        {.id = 0,
            .user = user,
            .number = std::string(claim.number),
            .postal_code = std::string(claim.postal_code),
            .sharing = claim.sharing},
        act.at);
    return false;
}

bool claim_another_account(db::Transaction& tx, const base::Act& act, const AccountClaim& claim)
{
    if (users::present_visitor(tx, act.visitor).role != base::Role::Customer)
        throw base::Forbidden("only customers claim accounts");
    const std::string who = fmt::format("user\n{}", act.visitor.user_id.value);
    if (const auto wait = accounts::add_try(tx, who, act.at))
        throw base::TooManyAttempts(
            base::Text::plural("You tried 5 account numbers within an hour. Wait one minute, or call us.",
                "You tried 5 account numbers within an hour. Wait {n} minutes, or call us.", minutes_of(*wait)),
            seconds_of(*wait));
    return claim_account(tx, act, claim);
}

void count_try_of_network(db::Transaction& tx, std::string_view network, base::Time at)
{
    if (const auto wait = accounts::add_try(tx, fmt::format("network\n{}", network), at))
        throw base::TooManyAttempts(
            base::Text::plural("Too many tries from your internet connection. Wait one minute, then try again.",
                "Too many tries from your internet connection. Wait {n} minutes, then try again.", minutes_of(*wait)),
            seconds_of(*wait));
}

std::size_t settle_claims(db::Database& database, base::Time now)
{
    const auto claims = accounts::list_claims(*database.read(), claim_batch);
    for (const Claim& claim : claims)
        database.write([&](db::Transaction& tx) { settle(tx, claim, now); });
    return claims.size();
}

void forget_claims(db::Transaction& tx, base::Time now)
{
    accounts::remove_old_tries(tx, now);
    accounts::remove_old_asks(tx, now);
}

} // namespace actions
