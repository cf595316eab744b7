#pragma once
// The history keeps what happened and forgets who it was about.

#include "base/ids.hpp"
#include "db/connection.hpp"

#include <string_view>

namespace events {

/// after_value of Kind::Deactivated when a customer closed the own profile for good.
inline constexpr std::string_view closed_by_customer = "closed";

struct Forgotten
{
    UserId user;
    /// The user name until now, and what replaces it.
    std::string_view username;
    std::string_view pseudonym;
};
/// Remove the values of changed details of a user and the emails that mail was sent to again, and replace the user name
/// in the history of accounts that the user was linked to or asked to share. No event goes.
void remove_personal_values(db::Transaction& tx, const Forgotten& forgotten);

} // namespace events
