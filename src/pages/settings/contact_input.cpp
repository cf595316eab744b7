#include "pages/settings/contact_input.hpp"

#include "pages/settings/own_password.hpp"
#include "users/user.hpp"

namespace pages::settings {

ContactInput read_contact(web::Context& ctx)
{
    ContactInput input;
    auto& [phone, email, errors] = input.typed;
    web::FormReader reader(ctx.request(), errors);
    phone = reader.line("phone", {.least = 0, .most = 30});
    email = reader.line("email", {.least = 0, .most = 254});
    if (!users::is_valid_phone(phone))
        errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
    if (!email.empty() && !users::is_valid_email(email))
        errors.add("email", base::Text("Enter an email such as name@example.com."));
    if (email != users::get_user(ctx.db(), ctx.visitor().user_id).email) {
        auto checked_hash = check_own_password(ctx, reader.raw("current_password"));
        if (!checked_hash)
            errors.add("current_password", base::Text("To change your email, type your current password."));
        input.checked_hash = std::move(checked_hash).value_or("");
    }
    return input;
}

} // namespace pages::settings
