#pragma once

#include "actions/factors/check_code.hpp"
#include "base/act.hpp"
#include "db/database.hpp"
#include "sign_in/local_sign_in.hpp"
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
    /// A temporary password that has ended: begin no session.
    bool has_ended = false;
};
/// Check user name and password. Returns nothing when they don't match, for whatever reason; every reason takes the
/// same time. Then the guess is counted, and logged when others have to wait for it. Throws base::TooManyAttempts. On a
/// lane for passwords only; the caller holds no connection.
std::optional<RightPassword> check_sign_in(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password);
/// Check the password of a signed-in user once more; a wrong one counts like one at the sign-in, and a right one ends
/// the count. Returns the hash that was checked, for require_same_password() in the transaction that relies on it.
/// Throws base::TooManyAttempts.
std::optional<std::string> check_own_password(
    db::Database& database, const sign_in::SignInAttempt& attempt, const std::string& password);
/// Count a wrong password; `user` is users::nobody_named() for a name that is nobody's.
sign_in::Waits note_wrong_password(
    db::Transaction& tx, const sign_in::SignInAttempt& attempt, sign_in::Guesser guesser, UserId user);

/// With as many wrong passwords before the right one, the user is notified of them.
inline constexpr std::int64_t notable_wrong_passwords = 5;

/// With as many wrong codes before the right one: whoever types codes knows the password.
inline constexpr std::int64_t notable_wrong_codes = 3;

struct BeginSession
{
    const sign_in::SignInAttempt& attempt;
    const users::Credentials& checked;
    /// The encoded hash that replaces an outdated one; empty for none.
    std::string_view fresh_hash = {};
    sign_in::Browser browser = {};
    /// Remembered as known to the user (sign_in::device_hash()); empty: not remembered.
    std::string_view device = {};
    /// Who may sign in with a password at all.
    sign_in::LocalSignIn local = sign_in::LocalSignIn::All;
};
/// What came of a sign-in.
struct BegunSignIn
{
    /// The token for the session's cookie; empty while the code is still to come.
    std::string session = {};
    /// The token of a sign-in that waits for its code (sign_in/pending_sign_in.hpp); empty for none.
    std::string pending = {};
    /// A browser that is new for the user.
    bool is_new_device = false;
    /// The password was right, but this user signs in at the provider only: there is nothing of the above.
    bool is_for_provider = false;
};
/// Begin a session, or only remember that the password was right, for a user with a second factor. Notifies the user of
/// notable wrong passwords before, and of a new device. Nothing when the password was changed or the user deactivated
/// since it was checked, or when it is a temporary one that has ended.
std::optional<BegunSignIn> begin_session(db::Transaction& tx, const BeginSession& input);

/// A session for somebody who has shown who it is.
struct StartSession
{
    UserId user;
    sign_in::Browser browser = {};
    /// As in BeginSession.
    std::string_view device = {};
    base::Time at{};
};
/// Begin the session; notify the user of a new device. A user of whom no device is known has just begun here, or got a
/// new password: nothing is new then.
BegunSignIn start_session(db::Transaction& tx, const StartSession& start);

struct FinishSignIn
{
    const sign_in::SignInAttempt& attempt;
    std::string_view pending_token;
    const CheckedCode& code;
    std::string_view user_agent = {};
    /// As in BeginSession; not remembered when the sign-in began on a public computer.
    std::string_view device = {};
};
/// Begin the session of a sign-in that waited for its code. Nothing when it waits no longer, when the password was
/// changed or the user deactivated meanwhile. Throws Conflict, with a text for the visitor, and changes nothing, when
/// the code has counted meanwhile.
std::optional<BegunSignIn> finish_sign_in(db::Transaction& tx, const FinishSignIn& input);
/// Note that a session is in use; called at most once in five minutes for a session.
void keep_session(db::Transaction& tx, std::string_view session_hash, base::Time at);
/// End one session.
void end_session(db::Transaction& tx, std::string_view session_hash);
/// End all sessions of a user. Throws Forbidden for any act that is not the program's.
void end_sessions(db::Transaction& tx, const base::Act& act, UserId user);
/// Remove expired sessions, sign-ins that wait for a code or are at the provider, emails that nobody confirmed in time,
/// devices and counts of wrong passwords that have ended, and what shows temporary passwords no longer. Returns how
/// many sessions.
std::int64_t forget_expired(db::Transaction& tx, base::Time now, const sign_in::SessionRules& rules);

} // namespace actions
