#pragma once
// sign_in/ holds what lets somebody in: sessions, passwords (password.hpp) and the throttle on wrong ones
// (throttle.hpp).

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace sign_in {

struct SessionRules
{
    std::chrono::minutes idle{60 * 12};
    std::chrono::hours absolute{24 * 14};
    /// Without use on a public computer.
    std::chrono::minutes public_idle{20};
};

/// What a session begins in.
struct Browser
{
    /// Kept to its first 200 characters.
    std::string_view user_agent;
    /// Others use it too.
    bool is_public = false;
    /// The subscriber's network, as in SignInAttempt; empty when not known.
    std::string_view address = {};
    /// The provider that let the user in asked for a second factor.
    bool has_provider_factor = false;
    /// When the password was last typed, if not now.
    std::optional<base::Time> proved_at = {};
};

/// A signed-in visitor and what the session knows.
struct Session
{
    base::Visitor visitor;
    bool must_change_password = false;
    /// Begun on a public computer.
    bool is_public = false;
    /// The tag of the language that the user chose; empty: the browser's.
    std::string language;
    base::Time created_at{};
    base::Time last_seen_at{};
    /// Signs in with a code, too, or the provider asked for one.
    bool has_second_factor = false;
    /// When the password or a code was last typed in this session.
    base::Time proved_at{};
};

/// What the database keys a session by: SHA-256 of the cookie's token in hexadecimal.
std::string session_hash(std::string_view token);
/// Begin a session; note the time and the device of the user's last sign-in. Returns the token for the cookie (32
/// random bytes). Throws NotFound.
std::string add_session(db::Transaction& tx, UserId user, const Browser& browser, base::Time now);
/// The session of an active user that is neither idle nor absolutely expired; one query.
std::optional<Session> find_session(
    db::Connection& db, std::string_view token_hash, base::Time now, const SessionRules& rules);
/// Those of the hashes whose sessions find_session() would find, with the role that their users have now.
std::map<std::string, base::Role, std::less<>> find_open_sessions(
    db::Connection& db, std::span<const std::string> token_hashes, base::Time now, const SessionRules& rules);
/// Notes that the session is in use; called at most once in five minutes for a session.
void touch_session(db::Transaction& tx, std::string_view token_hash, base::Time now);
/// The password or a code was typed in this session. False when it has ended.
bool mark_proved(db::Transaction& tx, std::string_view token_hash, base::Time now);
void remove_session(db::Transaction& tx, std::string_view token_hash);
/// The user has another session that was in use since then.
bool is_signed_in_elsewhere(db::Connection& db, UserId user, std::string_view token_hash, base::Time since);
/// All of a user's but one (empty: all).
void remove_sessions(db::Transaction& tx, UserId user, std::string_view keep_token_hash);
/// Removes what find_session() would no longer find for its age; returns how many.
std::int64_t remove_expired_sessions(db::Transaction& tx, base::Time now, const SessionRules& rules);

} // namespace sign_in
