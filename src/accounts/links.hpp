#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

#include <vector>

namespace accounts {

/// All that a user is linked to, inactive ones too.
std::vector<AccountId> list_links_of(db::Connection& db, UserId user);
/// Remove what a user claims, and what they ask to share.
void remove_claims_of(db::Transaction& tx, UserId user);

} // namespace accounts
