#pragma once

#include "accounts/account.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"
#include "users/user.hpp"

#include <optional>
#include <string_view>

namespace actions {

/// Add a user. Staff add customers; administrators and the program add anybody. Throws Forbidden, and
/// db::ConstraintViolation when the user name is taken, or looks like somebody's.
UserId add_user(db::Transaction& tx, const base::Act& act, const users::NewUser& user);

/// A new user with a temporary password and, if wanted, an account.
struct CreateUser
{
    users::NewUser user;
    /// Of what the temporary password is made (users/shown_password.hpp).
    std::string_view password_salt = {};
    /// An account that there is; zero for none.
    AccountId account = {};
    /// An account to add as well.
    std::optional<accounts::AccountForm> new_account = {};
};
/// Add a user as add_user() does, add the new account as add_account() does, and link the user to it or to the other
/// one: all of it or nothing. The temporary password is shown to the act's visitor for a while. Throws what these
/// throw.
UserId create_user(db::Transaction& tx, const base::Act& act, const CreateUser& input);

/// True when this change takes the right away to work at the desk.
bool takes_from_the_desk(const users::User& before, const users::UserChange& change);
/// Save an edit, with one event for each kind of change; tell the old address of another email by mail; end the
/// sessions of a user whose role changed or who was deactivated; give back the emergencies of somebody who may not work
/// at the desk any more; rebuild the search words of the user's service requests. Writes nothing when nothing differs
/// or the answer is not Done. Throws NotFound, and Forbidden when the act's visitor may not change this user or set
/// roles.
users::UserUpdate change_user(db::Transaction& tx, const base::Act& act, UserId id, const users::UserChange& change);

struct Contact
{
    std::string_view phone;
    std::string_view email;
    /// Of the user that the form was made from.
    std::int64_t version = 0;
};
/// Save the act's visitor's own contact details. False when somebody changed the user after the form was made: nothing
/// is written. Throws NotFound.
bool change_contact(db::Transaction& tx, const base::Act& act, const Contact& contact);

/// Keep the act's visitor's own choice of a language for the pages, by its tag. It is a preference: no event tells it.
void choose_language(db::Transaction& tx, const base::Act& act, std::string_view tag);

} // namespace actions
