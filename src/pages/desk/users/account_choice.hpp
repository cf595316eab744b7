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
    /// What fits those words, to choose from; empty when the number was that of an account without a holder.
    std::vector<accounts::Account> found;
    /// The account that is meant; zero for none.
    AccountId chosen;
    /// A new account; an empty number for none.
    accounts::AccountForm made;
};

/// Who gets the account; `id` is zero for a new user.
struct AccountFor
{
    UserId id;
    std::string name;
    std::string_view phone = {};
};
/// Read the field "account" and the choice among what it found. Adds an error at "account" when nothing fits, or when
/// none of what fits is chosen: also an account by its own number is looked at first when somebody else is its holder,
/// whose name, address and phone number the user will see.
AccountChoice read_account_choice(web::Context& ctx, web::FormErrors& errors, const AccountFor& user);
/// As above, or a new account with the customer's phone number; an error when both are filled in.
AccountChoice read_account_or_new(web::Context& ctx, web::FormErrors& errors, const AccountFor& user);
/// As it was typed before the session ended.
AccountChoice typed_account_choice(const web::Fields& draft);
/// The error at "new_number", which the transaction finds too.
inline constexpr base::MessageId account_number_is_taken =
    base::MessageId("Another account has this number. To link that one, enter its number as the existing account.");

} // namespace pages::desk
