#pragma once

#include "base/act.hpp"
#include "db/database.hpp"
#include "sign_in/session.hpp"
#include "sign_in/throttle.hpp"
#include "users/credentials.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace actions {

/// The user whose password was right.
struct RightPassword
{
    users::Credentials of;
    /// Store a fresh hash.
    bool is_outdated = false;
};
/// Check user name and password. Returns nothing when they don't match, for whatever reason; every reason takes the
/// same time. Then the guess is counted and a lock is logged. Throws base::TooManyAttempts. Heavy lane only; the caller
/// holds no connection.
std::optional<RightPassword> check_sign_in(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password);
/// Check the password of a signed-in user once more; a right one resets the count of wrong ones. Returns the hash that
/// was checked, for require_same_password() in the transaction that relies on it. Throws base::TooManyAttempts, also
/// while the user is locked.
std::optional<std::string> check_own_password(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password);
/// Count a wrong password of a user, with an event when it locks.
users::WrongPassword note_wrong_password(db::Transaction& tx, UserId user, base::Time at);

struct BeginSession
{
    const sign_in::SignInAttempt& attempt;
    const users::Credentials& checked;
    /// The encoded hash that replaces an outdated one; empty for none.
    std::string_view fresh_hash = {};
    sign_in::Browser browser = {};
};
/// Begin a session; returns the token for the cookie. Nothing when the password was changed or the user deactivated
/// since it was checked.
std::optional<std::string> begin_session(db::Transaction& tx, const BeginSession& input);
/// Note that a session is in use; called at most once in five minutes for a session.
void keep_session(db::Transaction& tx, std::string_view session_hash, base::Time at);
/// End one session.
void end_session(db::Transaction& tx, std::string_view session_hash);
/// End all sessions of a user. Throws Forbidden for any act that is not the program's.
void end_sessions(db::Transaction& tx, const base::Act& act, UserId user);
/// Remove expired sessions, counts of wrong passwords that have ended, and what shows temporary passwords no longer.
/// Returns how many sessions.
std::int64_t forget_expired(db::Transaction& tx, base::Time now, const sign_in::SessionRules& rules);

} // namespace actions
