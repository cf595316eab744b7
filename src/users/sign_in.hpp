#pragma once

#include "base/time.hpp"
#include "users/user.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace users {

/// Somebody tries to sign in: from where, as whom, when.
struct SignInAttempt
{
    std::string_view address;
    std::string_view username;
    base::Time now{};
};

/// Wrong passwords are counted per address and user name, and per user name alone, by all nodes of a site together.
/// Ten wrong in a minute from one address for one name block that pair for a minute; three are enough while the name
/// sees more than thirty in a minute from everywhere. The owner elsewhere is not blocked.
/// Throws base::TooManyAttempts with the seconds to wait.
void check_throttle(db::Connection& db, const SignInAttempt& attempt);
/// Counts a wrong password; first of all that the transaction does.
void note_failure(db::Transaction& tx, const SignInAttempt& attempt);
/// After a right password; first of all that the transaction does.
void forget_failures(db::Transaction& tx, const SignInAttempt& attempt);
/// Removes what counts no more; returns how many rows.
std::int64_t remove_old_failures(db::Transaction& tx, base::Time now);

/// A hundred wrong passwords in a row lock the password itself until an administrator resets it (SP 800-63B-4
/// section 3.2.2).
inline constexpr std::int64_t most_failures_in_a_row = 100;

/// What the sign-in form needs of a user name; nothing when it is unknown, inactive or locked.
struct Credentials
{
    User user;
    std::string password_hash;
};
std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username);
/// Counts a wrong password.
void note_wrong_password(db::Transaction& tx, UserId user);
/// Clears the count and stores the fresh hash (empty: none). False, and nothing is done, when the password was changed
/// or the user deactivated since these credentials were found: what was checked no longer counts.
bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash);

} // namespace users
