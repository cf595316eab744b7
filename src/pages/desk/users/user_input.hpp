#pragma once

#include "actions/change_user.hpp"
#include "pages/desk/users/account_choice.hpp"
#include "users/user.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pages::desk {

/// The form of a user as it was typed.
struct UserInput
{
    /// Only the form of a new user has it.
    std::string username;
    users::UserChange details;
    AccountChoice account;
    web::FormErrors errors;
    /// The hidden field "shown" for drawing the form again.
    std::string shown = {};
    /// The hidden field "email_asked": another user has this email, and the page says so; empty otherwise.
    std::string email_asked = {};
    /// Somebody else changed a field that the visitor changed, too.
    bool is_clash = false;
};

/// The error at "username"; the transaction finds it too, for a name taken in the meantime.
inline constexpr base::MessageId username_looks_taken =
    base::MessageId("This user name looks like that of another user. Choose another one.");
inline constexpr base::MessageId username_is_taken = base::MessageId("This user name is taken. Choose another one.");

/// Read the form of a new user. Throws base::BadRequest for a role that no form of ours sends, and base::Forbidden for
/// one that the visitor must not give.
UserInput read_new_user(web::Context& ctx);
/// What the form asks for; the temporary password, as its hash, must be changed at the first sign-in. The salt must
/// live as long as the result.
actions::CreateUser new_user_of(const UserInput& input, std::string password_hash, std::string_view password_salt);
/// Read the form that changes `before`: what it leaves as it was shown is as it is saved now. Throws like
/// read_new_user().
UserInput read_user_change(web::Context& ctx, const users::User& before);
/// What was typed beside the buttons for the password and the lock: the form differs from the saved user. Nothing when
/// it does not, or when only the button was sent.
std::optional<UserInput> find_unsaved(web::Context& ctx, const users::User& saved);
/// The form's fields when something in it is not saved yet; empty otherwise.
web::Fields unsaved_fields(web::Context& ctx, const users::User& saved);
/// Keep these, and nothing older, for the user's page, to which the pressed button leads back.
void keep_unsaved(db::Transaction& tx, const web::Context& ctx, UserId user, const web::Fields& fields);
/// Put what was typed into `user`, for showing the form again.
void fill_in(users::User& user, const UserInput& input);
/// What was typed before the session ended, over `user` as it is saved. A change of the same field made meanwhile is a
/// clash when it is sent.
UserInput input_of(const users::User& user, const web::Fields& draft);
/// The hidden field "shown" of the form that changes `saved`.
std::string shown_of(const users::User& saved);

} // namespace pages::desk
