#pragma once

#include "accounts/household.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// Set who of an account sees the visitor's own service requests of it. Everybody decides about their own ones: nobody
/// can name another user. False, and nothing is written, when the visitor is not linked to the account any more
/// or it is inactive. Throws NotFound when the visitor never had it.
bool choose_sharing(db::Transaction& tx, const base::Act& act, AccountId account, accounts::Sharing sharing);

} // namespace actions
