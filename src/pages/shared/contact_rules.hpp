#pragma once

#include "accounts/account.hpp"
#include "base/phone/phone.hpp"
#include "users/user.hpp"
#include "web/forms/form.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pages::shared {

/// An empty email is allowed.
inline void check_email(web::FormErrors& errors, std::string_view email)
{
    if (!email.empty() && !users::is_valid_email(email))
        errors.add("email", base::Text("Enter an email such as name@example.com."));
}

/// The field `phone` in its normal spelling; what is no phone number stays as it was typed, for the form. An empty one
/// is allowed.
inline std::string read_phone(web::FormReader& reader, web::FormErrors& errors)
{
    constexpr std::size_t longest = 100;
    const std::string typed = reader.line("phone", {.least = 0, .most = longest});
    if (!typed.empty() && !base::parse_phone(typed) && errors.of("phone").empty())
        errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
    return base::normal_phone(typed);
}

/// The number under which a crew can call a customer: the customer's own, else that of the chosen account, else that of
/// another one. Empty when none is known.
inline std::string known_phone(
    const users::User& user, const std::vector<accounts::Account>& accounts, AccountId chosen = {})
{
    std::string phone;
    for (const accounts::Account& account : accounts) {
        if (phone.empty() || (account.id == chosen && !account.phone.empty()))
            phone = account.phone;
    }
    return user.phone.empty() ? phone : user.phone;
}

} // namespace pages::shared
