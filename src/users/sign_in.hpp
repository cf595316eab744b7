#pragma once

#include "base/time.hpp"
#include "db/database.hpp"
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
    /// For the log.
    std::string_view request_id = {};
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

/// As many wrong passwords in a row, wherever they are asked for, lock the user for lock_time: the password fits
/// nowhere meanwhile, sessions go on. SP 800-63B-4 section 3.2.2 keeps such a lock until somebody ends it; anybody
/// could shut out a whole desk with that. The last administrator who is active and not locked is never locked.
inline constexpr std::int64_t most_failures_in_a_row = 100;

/// What the sign-in form needs of a user name; nothing when it is unknown, inactive or locked.
struct Credentials
{
    User user;
    std::string password_hash;
};
std::optional<Credentials> find_credentials(db::Connection& db, std::string_view username, base::Time now);

enum class WrongPassword : std::uint8_t
{
    Counted,
    /// It was the last one allowed.
    Locked,
    /// It would have been, but for the last administrator; the count begins again.
    NotLocked
};
/// Counts a wrong password; adds the event "locked" when it locks.
WrongPassword note_wrong_password(db::Transaction& tx, UserId user, base::Time now);
/// Clears the count and stores the fresh hash (empty: none). False, and nothing is done, when the password was changed
/// or the user deactivated since these credentials were found: what was checked no longer counts.
bool note_right_password(db::Transaction& tx, const Credentials& checked, std::string_view fresh_hash);

/// A password that fits.
struct RightPassword
{
    Credentials of;
    /// Store a fresh hash.
    bool is_outdated = false;
};
/// Nothing when user name and password do not fit, for whatever reason, which takes the same time for all of them; the
/// guess is counted then, and a lock is logged. Throws base::TooManyAttempts. Heavy lane only; the caller holds no
/// connection.
std::optional<RightPassword> check_sign_in(
    db::Database& database, const SignInAttempt& attempt, const std::string& password);
/// The same for somebody signed in who is asked for the password once more; a right one ends the row of wrong ones.
/// Returns the hash that fits, to be asked for again by still_has_password() in the transaction that relies on it.
/// Throws base::TooManyAttempts while the user is locked, too.
std::optional<std::string> check_own_password(
    db::Database& database, const SignInAttempt& attempt, const std::string& password);

} // namespace users
