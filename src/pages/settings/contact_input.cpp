#include "pages/settings/contact_input.hpp"

#include "pages/shared/contact_rules.hpp"
#include "users/user.hpp"

namespace pages::settings {

ContactInput read_contact(web::Context& ctx)
{
    ContactInput input;
    auto& [phone, email, version, errors] = input.typed;
    web::FormReader reader(ctx.request(), errors);
    phone = shared::read_phone(reader, errors);
    email = reader.line("email", {.least = 0, .most = 254});
    shared::check_email(errors, email);
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
