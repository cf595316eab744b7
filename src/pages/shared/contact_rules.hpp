#pragma once

#include "base/phone/phone.hpp"
#include "users/user.hpp"
#include "web/forms/form.hpp"

#include <algorithm>
#include <string_view>

namespace pages::shared {

/// An empty email is allowed.
inline void check_email(web::FormErrors& errors, std::string_view email)
{
    if (!email.empty() && !users::is_valid_email(email))
        errors.add("email", base::Text("Enter an email such as name@example.com."));
}

/// A leak report's phone without any digit is asked about once, and taken when it comes again as it is. Whoever says
/// that somebody cannot get out is not held up.
inline void ask_about_phone(web::FormErrors& errors, std::string_view typed, std::string_view asked, bool is_urgent)
{
    const bool has_digit = std::ranges::any_of(typed, [](char c) { return c >= '0' && c <= '9'; });
    if (!typed.empty() && !has_digit && typed != asked && !is_urgent)
        errors.add(
            "phone", base::Text("This phone number has no digits. Correct it, or send the form again as it is."));
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

} // namespace pages::shared
