#pragma once
// Users by their email. A household may share one, so several users can have the same.

#include "base/ids.hpp"
#include "db/connection.hpp"
#include "users/user.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace users {

/// Active users with this email in any case of ASCII letters, at most `limit`.
std::vector<User> list_users_with_email(db::Connection& db, std::string_view email, std::size_t limit);
/// Note that the user reads mail at this address; nothing when it is another one by now.
void note_confirmed_email(db::Transaction& tx, UserId user, std::string_view email);

} // namespace users
