#pragma once

#include "accounts/account.hpp"
#include "users/user.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pages::desk {

/// The form of an account as it was typed.
struct AccountInput
{
    accounts::AccountForm form;
    /// The name in the field "Link a user", which belongs to the same form.
    std::string username;
    web::FormErrors errors;
    /// The hidden field "shown" for drawing the form again.
    std::string shown = {};
    /// Somebody else changed a field that the visitor changed, too.
    bool is_clash = false;
};

/// The error at "number", which only the transaction finds.
inline constexpr base::MessageId number_is_taken = base::MessageId("Another account has this number.");

/// Read the form of a new account.
AccountInput read_new_account(const web::Context& ctx);
/// Read the form that changes `before`: what it leaves as it was shown is as it is saved now.
AccountInput read_account_change(const web::Context& ctx, const accounts::Account& before);
/// Find the user to link. Nothing, with an error at "username", when there is no such user; an empty name is none.
std::optional<users::User> find_user_to_link(web::Context& ctx, AccountInput& input);
/// What was typed beside the field and the buttons for links: the form differs from the saved account. Nothing when it
/// does not, or when only the link was sent.
std::optional<AccountInput> find_unsaved(const web::Context& ctx, const accounts::Account& saved);
/// Keep that, and nothing older, for the account's page, which the link leads back to.
void keep_unsaved(db::Transaction& tx, const web::Context& ctx, const accounts::Account& saved);
/// The form as the saved account fills it.
accounts::AccountForm form_of(const accounts::Account& account);
/// What was typed before the session ended, over the account as it is saved. A change of the same field made meanwhile
/// is a clash when it is sent.
AccountInput input_of(const accounts::Account& account, const web::Fields& draft);
/// The hidden field "shown" of the form that changes `saved`.
std::string shown_of(const accounts::Account& saved);

} // namespace pages::desk
