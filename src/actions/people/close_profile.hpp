#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace actions {

struct CloseProfile
{
    /// The stored hash that the password was checked against.
    std::string_view checked_hash;
    /// Of the page, for the mail.
    std::string_view language = {};
};
/// Close the act's visitor's own profile for good: no sign-in, sessions, links, notifications or mail any more, and
/// "Closed account 17" instead of the person. Service requests, comments and the history stay; open leaks stay open,
/// with name and phone until they are resolved. The old address is told by mail. Returns the hashes of the sessions
/// that were open. Throws Forbidden for anybody but a customer, and Conflict, with a text for the visitor, when the
/// password was changed since it was checked.
std::vector<std::string> close_profile(db::Transaction& tx, const base::Act& act, const CloseProfile& input);

/// Remove name and phone from leaks of closed profiles that were resolved meanwhile, at most `limit`; returns how many.
std::int64_t forget_closed_contacts(db::Transaction& tx, std::size_t limit);

} // namespace actions
