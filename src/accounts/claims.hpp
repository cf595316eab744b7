#pragma once
// Who has a bill claims its account with number and postal code. Nobody finds out which accounts there are.

#include "accounts/account.hpp"
#include "accounts/household.hpp"

#include <optional>
#include <string>
#include <vector>

namespace accounts {

/// The active account with this number at an address with this postal code. Nobody else links to it before the
/// transaction ends.
std::optional<Account> find_claimable(db::Transaction& tx, std::string_view number, std::string_view postal_code);
/// How many users are linked to it.
std::int64_t count_links(db::Connection& db, AccountId account);
bool is_linked(db::Connection& db, AccountId account, UserId user);
/// Note that a linked user claimed the account.
void note_claim(db::Transaction& tx, AccountId account, UserId user, base::Time at);

/// A claim that linked nothing at once and is looked at in the background.
struct Claim
{
    std::int64_t id = 0;
    UserId user;
    std::string number;
    std::string postal_code;
    Sharing sharing = Sharing::Nothing;
};
void add_claim(db::Transaction& tx, const Claim& claim, base::Time at);
/// The oldest ones.
std::vector<Claim> list_claims(db::Connection& db, std::size_t limit);
/// False when somebody else looked at it meanwhile.
bool remove_claim(db::Transaction& tx, std::int64_t id);

} // namespace accounts
