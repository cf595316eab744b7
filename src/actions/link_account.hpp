#pragma once

#include "accounts/account.hpp"
#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

namespace actions {

/// Link a user to an account, with an event on both, and rebuild the search words of the account's service requests.
/// Tell everybody who shares the account, as tell_household() does. False when the user was linked already: nothing is
/// written. Throws NotFound, and Forbidden for a visitor who is not staff now.
bool link_account(db::Transaction& tx, const base::Act& act, AccountId account, UserId user);
/// End a link, with the same events, search words and errors as link_account(). False when there was none. Who becomes
/// the holder by it is notified, and the history of the account says so.
bool unlink_account(db::Transaction& tx, const base::Act& act, AccountId account, UserId user);

/// For verbs: the same without asking for a role; an ask of the user for this account is over.
bool link_with_history(db::Transaction& tx, const base::Act& act, AccountId account, UserId user);
/// For verbs: the same for the end of a link of an account as it was before. Who becomes the holder by it decides from
/// now on who else shares the account.
bool unlink_with_history(db::Transaction& tx, const base::Act& act, const accounts::Account& before, UserId user);
/// For verbs: tell those who have the account of somebody who joined them, and the one who joined of its holder, on the
/// site and by mail. Nobody when there is nobody else.
void tell_household(db::Transaction& tx, AccountId account, UserId joined, base::Time at);
/// For verbs: end all links of a user, with the same events and search words as unlink_account().
void unlink_all(db::Transaction& tx, const base::Act& act, UserId user);

} // namespace actions
