#pragma once
// The account in the form of a user: one that there is, sought by number or address, or a new one.

#include "accounts/account.hpp"
#include "web/context.hpp"
#include "web/forms/draft.hpp"
#include "web/forms/form.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pages::desk {

struct AccountChoice
{
    /// A number, or words of an address; empty for none.
    std::string sought;
    /// What fits those words, to choose from; empty when the number was exact.
    std::vector<accounts::Account> found;
    /// The account that is meant; zero for none.
    AccountId chosen;
    /// A new account; an empty number for none.
    accounts::AccountForm made;
};

/// Read the field "account" and the choice among what it found. Adds an error at "account" when nothing or more than
/// one account fits and none is chosen.
AccountChoice read_account_choice(web::Context& ctx, web::FormErrors& errors);
/// As above, or a new account with the customer's phone number; an error when both are filled in.
AccountChoice read_account_or_new(web::Context& ctx, web::FormErrors& errors, std::string_view phone);
/// As it was typed before the session ended.
AccountChoice typed_account_choice(const web::Fields& draft);
/// The error at "new_number", which the transaction finds too.
inline constexpr base::MessageId account_number_is_taken =
    base::MessageId("Another account has this number. To link that one, enter its number as the existing account.");

} // namespace pages::desk
