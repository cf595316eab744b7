#include "pages/settings/password_input.hpp"

#include "pages/settings/own_password.hpp"
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
    if (auto checked_hash = check_own_password(ctx, current))
        input.checked_hash = *std::move(checked_hash);
    else
        input.errors.add("current_password", base::Text("This is not your current password."));
    if (const auto refusal = sign_in::refuse_password(input.new_password, user.username, user.email))
        input.errors.add("new_password", *refusal);
    else if (input.new_password == current)
        input.errors.add("new_password", base::Text("Choose a password that differs from the current one."));
    else if (input.new_password != reader.raw("new_password_again"))
        input.errors.add("new_password_again", base::Text("Type the same new password twice."));
    return input;
}

} // namespace pages::settings
