#pragma once
// What a user signs in with: the stored hash, the row of wrong passwords, and the lock that ends it.

#include "base/time.hpp"
#include "db/connection.hpp"
#include "users/user.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace users {

/// What the sign-in form needs of a user name.
struct Credentials
{
    User user;
    std::string password_hash;
};
/// By user name in any spelling, as find_user(). Nothing when it is unknown, inactive or locked.
std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username, base::Time now);
/// The stored hash, for checking a password. Throws NotFound.
std::string password_hash_of(db::Connection& db, UserId id);

/// As many wrong passwords in a row, wherever they are asked for, lock the user for lock_time: the password fits
/// nowhere meanwhile, sessions go on. SP 800-63B-4 section 3.2.2 keeps such a lock until somebody ends it; anybody
/// could shut out a whole desk with that. The last administrator who is active and not locked is never locked.
inline constexpr std::int64_t most_failures_in_a_row = 100;

enum class WrongPassword : std::uint8_t
{
    Counted,
    /// It was the last one allowed.
    Locked,
    /// It would have been, but for the last administrator; the count begins again.
    NotLocked
};
/// Count a wrong password, and lock the user after the last one allowed.
WrongPassword count_wrong_password(db::Transaction& tx, UserId user, base::Time at);
/// Clear the count and store the fresh hash (empty: none). False, and nothing is done, when the password was changed or
/// the user deactivated since these credentials were found: what was checked no longer counts.
bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash);
/// Lock the user's row until the end of the transaction. False when another hash is stored by now than the one that was
/// checked before it.
bool still_has_password(db::Transaction& tx, UserId id, std::string_view checked_hash);

enum class PasswordIs : std::uint8_t
{
    Own,
    /// Must be changed at the next sign-in.
    Temporary
};
/// Store a new hash, end a lock and clear the wrong passwords. Throws NotFound.
void set_password(db::Transaction& tx, UserId id, std::string_view password_hash, PasswordIs kind);
/// Let a locked user sign in again. False when the user was not locked.
bool end_lock(db::Transaction& tx, UserId id, base::Time at);

} // namespace users
