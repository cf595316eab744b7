#pragma once
// How rows of auth_user become users; for the .cpp files of users/ only.

#include "users/user.hpp"

namespace users {

/// The columns id, username, first_name, last_name, email, phone, role, is_active, must_change_password, date_joined,
/// last_login, version, in this order.
User user_from_row(const db::Row& row);
/// Throws std::logic_error for a text that the column's CHECK would refuse.
base::Role role_from_text(std::string_view name);

} // namespace users
