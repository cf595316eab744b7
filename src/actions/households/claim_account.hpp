#pragma once

#include "accounts/household.hpp"
#include "base/act.hpp"
#include "db/database.hpp"

#include <cstddef>
#include <string_view>

namespace actions {

/// What somebody knows of an account who has a bill.
struct AccountClaim
{
    std::string_view number;
    std::string_view postal_code;
    accounts::Sharing sharing = accounts::Sharing::Nothing;
};
/// Link the act's visitor to the active account with this number at an address with this postal code, when nobody is
/// linked to it yet. Otherwise note the claim for settle_claims() and return false: the same work whatever does not
/// fit, so that nobody finds out which accounts there are. Staff see and end claims as any link.
bool claim_account(db::Transaction& tx, const base::Act& act, const AccountClaim& claim);
/// The same for somebody who is signed in, whose tries are counted. Throws base::TooManyAttempts, and Forbidden for a
/// visitor who is no active customer now.
bool claim_another_account(db::Transaction& tx, const base::Act& act, const AccountClaim& claim);
/// Count a try of a network, where nobody is signed in yet. Throws base::TooManyAttempts.
void count_try_of_network(db::Transaction& tx, std::string_view network, base::Time at);

inline constexpr std::size_t claim_batch = 20;
/// Look at claims that linked nothing. When number and postal code fit, the holder of the account is asked, by a
/// notification and a mail. Returns how many were looked at; fewer than `claim_batch`: none is left.
std::size_t settle_claims(db::Database& database, base::Time now);
/// Forget tries and asks that have ended.
void forget_claims(db::Transaction& tx, base::Time now);

} // namespace actions
