#include "pages/settings/password_input.hpp"

#include "base/utf8.hpp"
#include "sign_in/password.hpp"
#include "users/user.hpp"

namespace pages::settings {

PasswordInput read_password(web::Context& ctx)
{
    PasswordInput input;
    web::FormReader reader(ctx.request(), input.errors);
    const std::string current = reader.raw("current_password");
    input.new_password = reader.raw("new_password");
    const users::User user = users::get_user(ctx.db(), ctx.visitor().user_id);
    input.current = check_own_password(ctx, current, base::MessageId("Type your current password."));
    if (input.current.checked_hash.empty())
        input.errors.add("current_password", input.current.error);
    if (const auto refusal = sign_in::refuse_password(input.new_password, user.username, user.email))
        input.errors.add("new_password", *refusal);
    else if (base::nfc(input.new_password) == base::nfc(current))
        input.errors.add("new_password", base::Text("Choose a password you aren’t using now."));
    else if (base::nfc(input.new_password) != base::nfc(reader.raw("new_password_again")))
        input.errors.add("new_password_again", base::Text("The two new passwords don’t match."));
    return input;
}

} // namespace pages::settings
