#pragma once
// users/ holds the people: their rows, roles, and what they sign in with (credentials.hpp). Sessions are in sign_in/.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "base/time.hpp"
#include "base/visitor.hpp"
#include "db/connection.hpp"

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
    /// Of the last sign-in, such as "Firefox" and "Windows"; empty when not known.
    std::string last_browser;
    std::string last_system;

    /// "Mei Chen", or the user name when no name is known.
    std::string full_name() const;
};

/// How long a temporary password lets its user in.
inline constexpr std::chrono::hours temporary_for{24};

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
    /// It is a temporary one.
    bool must_change_password = false;
};

/// The one spelling of a user name, as it is stored and compared (Django's rule): compatibility letters are plain ones
/// ("ｍｅｉ" -> "mei"), accents are composed (NFKC), blanks at both ends and invisible characters go. Case stays as it
/// is typed, but makes no other name: username_key().
std::string normal_username(std::string_view typed);
/// What user names are compared by: the normal spelling without regard to case.
std::string username_key(std::string_view typed);
/// User names are 1–150 letters, digits and @ . + - _ (Django's rule), at least one of them a letter or digit.
bool is_valid_username(std::string_view username);
/// One @, a dot in the domain, no blanks, control characters or any of ()<>[],;:"\, at most 254 bytes.
bool is_valid_email(std::string_view email);

/// By user name in any spelling with the same username_key(). Of two names from before that differ only in case each is
/// found by its own spelling, and none by a third one.
std::optional<User> find_user(db::Connection& db, std::string_view username);
/// True when a user has this name, in whatever spelling: nobody else can get it.
bool is_username_taken(db::Connection& db, std::string_view username);
/// User names from before that differ from another one only in case, next to each other, at most `limit`.
std::vector<std::string> list_usernames_alike(db::Connection& db, std::size_t limit);
/// Make username_key of up to `limit` users with an id above `after` who have none yet: rows from before. Returns the
/// last one's id, zero after all.
UserId add_username_keys(db::Transaction& tx, UserId after, std::size_t limit);
/// Throws NotFound.
User get_user(db::Connection& db, UserId id);

/// Add the row, with the normal spelling of the user name. Throws db::ConstraintViolation when it is taken in any case,
/// and std::logic_error when it is not valid: the caller has asked.
UserId add_user(db::Transaction& tx, const NewUser& user, base::Time at);

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
/// The details that the change makes different.
base::FieldChanges changed_fields(const User& user, const UserChange& change);
/// Save over `before`, which was read in the same transaction. Writes nothing when nothing differs or the answer is not
/// Done.
UserUpdate update_user(db::Transaction& tx, const User& before, const UserChange& change);
/// Save new contact details over `before`, which was read in the same transaction.
void update_contact(db::Transaction& tx, const User& before, std::string_view phone, std::string_view email);

/// Keep the language that the user chose, by its tag.
void set_language(db::Transaction& tx, UserId id, std::string_view tag);

/// Administrators change everybody, others of the staff only customers.
bool may_change(const base::Visitor& by, const User& user);
/// The visitor with the role that the database holds now, which another one may have changed since the page was drawn;
/// a guest when the user is no longer active.
base::Visitor present_visitor(db::Connection& db, const base::Visitor& visitor);

struct UserFilter
{
    /// Words, each of which must occur in the user name, a name, the email or the phone number.
    std::string search = {};
    std::optional<base::Role> role = {};
    std::optional<bool> is_active = {};
    /// Only ids after this one; zero for the first page.
    UserId after = {};
};
inline constexpr std::size_t page_size = 50;
/// In order of id, at most page_size + 1.
std::vector<User> list_users(db::Connection& db, const UserFilter& filter);

} // namespace users
