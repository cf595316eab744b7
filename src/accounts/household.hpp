#pragma once
// A household is everybody linked to one account. Each decides who of it sees the own service requests of the account,
// and nobody decides about another one's; the view service_household_request is that rule.

#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace accounts {

/// Which of one's own service requests of an account everybody linked to it sees.
enum class Sharing : std::uint8_t
{
    Nothing,
    OwnRequests
};
inline Sharing sharing_of(bool shares)
{
    return shares ? Sharing::OwnRequests : Sharing::Nothing;
}

/// Set what a linked user shares. False when that is so already: nothing is written. Throws NotFound when the user is
/// not linked to the account or it is inactive.
bool set_sharing(db::Transaction& tx, AccountId account, UserId user, Sharing sharing);

} // namespace accounts
