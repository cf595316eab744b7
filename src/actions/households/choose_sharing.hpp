#pragma once

#include "accounts/household.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// Set who of an account sees the visitor's own service requests of it. Everybody decides about their own ones: nobody
/// can name another user. Throws NotFound when the visitor is not linked to the account.
void choose_sharing(db::Transaction& tx, const base::Act& act, AccountId account, accounts::Sharing sharing);

} // namespace actions
