#pragma once

#include "accounts/account.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// Add an account. Throws Forbidden for a visitor who is not staff now, and db::ConstraintViolation when the number is
/// taken.
AccountId add_account(db::Transaction& tx, const base::Act& act, const accounts::AccountForm& form);

/// Save an edit, with one event for each kind of change, and rebuild the search words of the account's service
/// requests. False when somebody changed it after the form was made: nothing is written. Throws NotFound, Forbidden and
/// db::ConstraintViolation like add_account().
bool change_account(db::Transaction& tx, const base::Act& act, AccountId id, const accounts::AccountForm& form);

} // namespace actions
