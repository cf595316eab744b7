#include "pages/settings/password_input.hpp"

#include "actions/people/password_rule.hpp"
#include "base/utf8.hpp"
#include "users/user.hpp"

namespace pages::settings {

sign_in::PasswordRule rule_for_visitor(web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    return actions::password_rule_of(ctx.db(), users::get_user(ctx.db(), ctx.visitor().user_id),
        {.lengths = lengths, .site_name = ctx.site().names.name});
}

PasswordInput read_password(web::Context& ctx, const sign_in::PasswordRule& rule)
{
    PasswordInput input;
    web::FormReader reader(ctx.request(), input.errors);
    const std::string current = reader.raw("current_password");
    input.new_password = reader.raw("new_password");
    input.current = check_own_password(ctx, current, base::MessageId("Type your current password."));
    if (input.current.checked_hash.empty())
        input.errors.add("current_password", input.current.error);
    if (const auto refusal = sign_in::refuse_password(input.new_password, rule))
        input.errors.add("new_password", *refusal);
    else if (base::nfc(input.new_password) == base::nfc(current))
        input.errors.add("new_password", base::Text("Choose a password you aren’t using now."));
    else if (base::nfc(input.new_password) != base::nfc(reader.raw("new_password_again")))
        input.errors.add("new_password_again", base::Text("The two new passwords don’t match."));
    return input;
}

} // namespace pages::settings
