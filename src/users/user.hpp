#pragma once
// users/ holds the people: their rows, roles, passwords, sessions and the throttle on signing in.

#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace users {

struct User
{
    UserId id;
    std::string username;
    std::string first_name;
    std::string last_name;
    std::string email;
    std::string phone;
    base::Role role = base::Role::Customer;
    bool is_active = true;
    bool must_change_password = false;
    base::Time date_joined{};
    std::optional<base::Time> last_login;
    std::int64_t version = 1;
    /// See is_locked().
    base::Time locked_until{};

    /// "Mei Chen", or the user name when no name is known.
    std::string full_name() const;
    /// Too many wrong passwords: nobody can sign in as this user until `locked_until`.
    bool is_locked(base::Time now) const;
};

/// How long too many wrong passwords in a row lock a user.
inline constexpr std::chrono::minutes lock_time{15};

struct NewUser
{
    std::string username;
    std::string first_name = {};
    std::string last_name = {};
    std::string email = {};
    std::string phone = {};
    base::Role role = base::Role::Customer;
    /// An encoded hash from password.hpp, never the password.
    std::string password_hash;
    bool must_change_password = false;
};

/// "Mei Chen" from the columns of auth_user, or the user name when no name is known; for other nouns' joins.
std::string full_name(std::string_view first_name, std::string_view last_name, std::string_view username);

/// User names are 1–150 letters, digits and @ . + - _ (Django's rule), kept as typed and compared exactly.
bool is_valid_username(std::string_view username);
/// One @, a dot in the domain, no blanks, control characters or any of ()<>[],;:"\, at most 254 bytes.
bool is_valid_email(std::string_view email);
/// Digits, blanks and + ( ) - . with 7 to 15 digits; empty is allowed.
bool is_valid_phone(std::string_view phone);

std::optional<User> find_user(db::Connection& db, std::string_view username);
/// Throws NotFound.
User get_user(db::Connection& db, UserId id);

/// Adds the row and its "created" event. Throws db::ConstraintViolation when the user name is taken.
UserId add_user(db::Transaction& tx, const NewUser& user, const base::Visitor& by, base::Time now);

/// What an edit may change; version is what the form was made from.
struct UserChange
{
    std::string first_name;
    std::string last_name;
    std::string email;
    std::string phone;
    base::Role role = base::Role::Customer;
    bool is_active = true;
    std::int64_t version = 1;
};
enum class UserUpdate : std::uint8_t
{
    Done,
    Stale,
    LastAdministrator
};
/// Administrators change everybody, others of the staff only customers.
bool may_change(const base::Visitor& by, const User& user);
/// Saves, adds an event for each kind of change, ends the sessions of a deactivated user and of one whose role changed.
/// Writes nothing when nothing changed or the answer is not Done. Throws NotFound, and Forbidden when `by` may not
/// change this user or set roles.
UserUpdate update_user(
    db::Transaction& tx, UserId id, const UserChange& change, const base::Visitor& by, base::Time now);
/// Locks the user until the end of the transaction; false when another hash is stored by now than the one that was
/// checked before it.
bool still_has_password(db::Transaction& tx, UserId id, std::string_view checked_hash);
/// What to say then.
inline constexpr std::string_view password_was_changed =
    "Your password was changed a moment ago, so nothing was saved. Please sign in with the new one and try again.";
/// Own contact details: phone and e-mail; adds the event "changed". Throws NotFound.
void update_contact(db::Transaction& tx, UserId id, std::string_view phone, std::string_view email, base::Time now);
/// Stores a new hash, clears must_change_password and wrong sign-ins, ends all sessions but `keep_token_hash`, adds the
/// event "password_changed". Throws NotFound.
void update_password(
    db::Transaction& tx, UserId id, std::string_view password_hash, std::string_view keep_token_hash, base::Time now);
/// Stores a temporary hash that must be changed at the next sign-in, ends a lock and all sessions, adds the event
/// "password_reset". Throws NotFound, and Forbidden when `by` may not change this user, whose role may have changed
/// since a page was drawn.
void reset_password(
    db::Transaction& tx, UserId id, std::string_view password_hash, const base::Visitor& by, base::Time now);
/// Lets a locked user sign in again at once and adds the event "unlocked"; does nothing to one who is not locked.
/// Throws NotFound, and Forbidden when `by` may not change this user.
void end_lock(db::Transaction& tx, UserId id, const base::Visitor& by, base::Time now);

struct UserFilter
{
    /// Words, each of which must occur in the user name, a name or the e-mail address.
    std::string search = {};
    std::optional<base::Role> role = {};
    std::optional<bool> is_active = {};
    /// Only ids after this one; zero for the first page.
    UserId after = {};
};
inline constexpr std::size_t page_size = 50;
/// In order of id, at most page_size + 1.
std::vector<User> list_users(db::Connection& db, const UserFilter& filter);

/// The stored hash, for checking a password. Throws NotFound.
std::string password_hash_of(db::Connection& db, UserId id);

} // namespace users
