#pragma once
// Wrong passwords since the last right one, to tell the user and the staff of them. They lock nothing:
// sign_in/throttle.hpp binds those who guess, and nobody can shut out somebody else.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <cstdint>
#include <map>
#include <span>
#include <string_view>

namespace users {

struct WrongPasswords
{
    std::int64_t times = 0;
    /// When the first of them was typed.
    base::Time since{};
};

/// Stands for a name that is nobody's: an id that no user has. Its wrong passwords are counted like a user's, so that
/// the time it takes tells nothing.
UserId nobody_named(std::string_view username);
void count_wrong_password(db::Transaction& tx, UserId user, base::Time at);
/// None at all when there are none.
WrongPasswords find_wrong_passwords(db::Connection& db, UserId user);
/// Without those who have none.
std::map<UserId, WrongPasswords> list_wrong_passwords(db::Connection& db, std::span<const UserId> users);
void forget_wrong_passwords(db::Transaction& tx, UserId user);
/// Remove those of nobody since before `time`.
void remove_wrong_passwords_of_nobody(db::Transaction& tx, base::Time time);

} // namespace users
