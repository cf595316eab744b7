#include "pages/settings/contact_input.hpp"

#include "users/user.hpp"

namespace pages::settings {

ContactInput read_contact(web::Context& ctx)
{
    ContactInput input;
    auto& [phone, email, version, errors] = input.typed;
    web::FormReader reader(ctx.request(), errors);
    phone = reader.line("phone", {.least = 0, .most = 30});
    email = reader.line("email", {.least = 0, .most = 254});
    if (!users::is_valid_phone(phone))
        errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
    if (!email.empty() && !users::is_valid_email(email))
        errors.add("email", base::Text("Enter an email such as name@example.com."));
    version = reader.number("version").value_or(0);
    const users::User saved = users::get_user(ctx.db(), ctx.visitor().user_id);
    input.is_stale = saved.version != version;
    if (email == saved.email || input.is_stale)
        return input;
    input.current = check_own_password(
        ctx, reader.raw("current_password"), base::MessageId("To change your email, type your current password."));
    if (input.current.checked_hash.empty())
        errors.add("current_password", input.current.error);
    return input;
}

} // namespace pages::settings
