#pragma once

#include "accounts/account.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"

#include <string_view>

namespace pages::desk {

/// The form of an account as it was typed.
struct AccountInput
{
    accounts::AccountForm form;
    web::FormErrors errors;
};

/// The error at "number", which only the transaction finds.
inline constexpr base::MessageId number_is_taken = base::MessageId("Another account has this number.");

/// Read the form of a new account.
AccountInput read_new_account(const web::Context& ctx);
/// Read the form that changes an account.
AccountInput read_account_change(const web::Context& ctx);
/// The form as the saved account fills it.
accounts::AccountForm form_of(const accounts::Account& account);
/// Put what was typed before the session ended into the form, its version too: a change made meanwhile is then a clash.
void fill_in(accounts::AccountForm& form, const web::Fields& draft);

} // namespace pages::desk
