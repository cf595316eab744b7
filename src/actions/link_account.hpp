#pragma once

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <string_view>

namespace actions {

/// Link a user to an account, with an event on both, and rebuild the search words of the account's service requests.
/// False when the user was linked already: nothing is written. Throws NotFound, and Forbidden for a visitor who is not
/// staff now.
bool link_account(db::Transaction& tx, const base::Act& act, AccountId account, UserId user);
/// End a link, with the same events, search words and errors as link_account(). False when there was none.
bool unlink_account(db::Transaction& tx, const base::Act& act, AccountId account, UserId user);

/// What somebody knows of an account who has a bill.
struct AccountClaim
{
    std::string_view number;
    std::string_view postal_code;
};
/// Link the act's visitor to the active account with this number at an address with this postal code, when nobody is
/// linked to it yet. Otherwise false, whatever does not fit: nobody finds out which accounts there are. Staff see and
/// end claims as any link.
bool claim_account(db::Transaction& tx, const base::Act& act, const AccountClaim& claim);

} // namespace actions
