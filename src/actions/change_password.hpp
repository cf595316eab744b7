#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"
#include "events/event.hpp"

#include <exception>
#include <optional>
#include <string_view>
#include <utility>

namespace actions {

/// A new password for oneself.
struct ChangePassword
{
    /// The stored hash that the current password was checked against.
    std::string_view checked_hash;
    /// An encoded hash from sign_in/password.hpp, never the password.
    std::string_view new_hash;
    /// The session that stays open (sign_in::session_hash()); all others end.
    std::string_view kept_session = {};
    /// Of the page, for the mail to somebody who chose none.
    std::string_view language = {};
};
/// Store the act's visitor's new password and end all other sessions. Throws Conflict, with a text for the visitor,
/// when the password was changed since it was checked, and NotFound.
void change_password(db::Transaction& tx, const base::Act& act, const ChangePassword& input);
/// Throw Conflict, with a text for the visitor, unless the act's visitor still has the password that was checked before
/// the transaction began. Locks the user's row.
void require_same_password(db::Transaction& tx, const base::Act& act, std::string_view checked_hash);

struct TemporaryPassword
{
    /// An encoded hash from sign_in/password.hpp, never the password.
    std::string_view hash;
    /// Of what it is made, to show it again to the act's visitor (users/shown_password.hpp); empty to show it never.
    std::string_view salt = {};
    /// The newest reset that the page of the act's visitor knew of, zero for none; absent when nobody looks at a page.
    std::optional<EventId> seen = {};
};
/// Somebody reset the password after the page was shown. Nothing is written: two temporary passwords would be shown, of
/// which one works.
struct ResetBefore : std::exception
{
    explicit ResetBefore(events::Event its_first) : first(std::move(its_first)) {}
    events::Event first;
};
/// Store a temporary password that must be changed at the next sign-in, within users::temporary_for; end all sessions,
/// forget all known devices, and let new ones sign in. Throws NotFound, Forbidden when the act's visitor may not change
/// this user, and ResetBefore.
void reset_password(db::Transaction& tx, const base::Act& act, UserId id, const TemporaryPassword& password);
/// Show a temporary password no longer to the act's visitor, who has told it.
void hide_password(db::Transaction& tx, const base::Act& act, UserId id);
/// Store a password that a command sets for somebody; as reset_password() otherwise. Throws NotFound, and Forbidden for
/// any act that is not the program's.
void set_password(db::Transaction& tx, const base::Act& act, UserId id, std::string_view new_hash);
/// Let new devices try this user name again at once; does nothing when they need not wait. Throws NotFound, and
/// Forbidden when the act's visitor may not change this user.
void end_wait(db::Transaction& tx, const base::Act& act, UserId id);

/// What comes instead of a password that its owner may not know any more.
struct ReplacedPassword
{
    std::string_view hash;
    std::optional<base::Time> temporary_until = {};
    /// Of the owner's page, for the mail; empty when somebody else acts.
    std::string_view language = {};
};
/// For verbs: store the password, forget what came with the old one, and tell the owner by mail. Whoever needs that may
/// have lost a device.
void replace_password(db::Transaction& tx, base::Time at, UserId id, const ReplacedPassword& password);

} // namespace actions
