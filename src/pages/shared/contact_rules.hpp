#pragma once

#include "users/user.hpp"
#include "web/forms/form.hpp"

#include <string_view>

namespace pages::shared {

/// An empty email is allowed.
inline void check_email(web::FormErrors& errors, std::string_view email)
{
    if (!email.empty() && !users::is_valid_email(email))
        errors.add("email", base::Text("Enter an email such as name@example.com."));
}

/// An empty phone number is allowed.
inline void check_phone(web::FormErrors& errors, std::string_view phone)
{
    if (!users::is_valid_phone(phone))
        errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
}

} // namespace pages::shared
