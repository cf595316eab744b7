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

enum class SharingSet : std::uint8_t
{
    Done,
    /// That is so already: nothing is written.
    Unchanged,
    /// The user is not linked to the account any more, or it is inactive: nothing is written.
    NotLinked
};
/// Set what a linked user shares.
SharingSet set_sharing(db::Transaction& tx, AccountId account, UserId user, Sharing sharing);

} // namespace accounts
