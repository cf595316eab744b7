#pragma once
// How rows of auth_user become users; for the .cpp files of users/ only.

#include "users/user.hpp"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace users {

/// The columns id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
/// last_login, version, last_browser, last_system, in this order.
User user_from_row(const db::Row& row);
/// Throws std::logic_error for a text that the column's CHECK would refuse.
base::Role role_from_text(std::string_view name);
/// The one who is meant by a user name, of those with its key, best spelling first: whoever has it exactly, or the only
/// one. Nothing when several have other spellings: nobody must be taken for somebody else.
template <typename Found, typename UserOf>
std::optional<Found> meant_by(std::string_view typed, std::vector<Found> found, UserOf user_of)
{
    if (found.empty())
        return std::nullopt;
    const std::string& best = user_of(found.front()).username;
    if (found.size() > 1 && best != typed && best != normal_username(typed))
        return std::nullopt;
    return std::move(found.front());
}
/// How many administrators may sign in; nobody else changes one of them before the transaction ends. Before any other
/// row of auth_user is written: two transactions then never wait for each other.
std::int64_t hold_active_administrators(db::Transaction& tx);

} // namespace users
