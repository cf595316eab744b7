#include "pages/public/people/chooser.hpp"

#include "actions/people/password_rule.hpp"
#include "base/utf8.hpp"
#include "sign_in/reset_link.hpp"

namespace pages::public_ {

std::optional<Chooser> find_chooser(web::Context& ctx, const SelfService& service)
{
    const auto link = sign_in::find_reset_link(ctx.db(), ctx.path_value("token"), ctx.now());
    if (!link)
        return std::nullopt;
    const users::User user = users::get_user(ctx.db(), link->user);
    if (!user.is_active || user.email != link->email)
        return std::nullopt;
    return Chooser{.user = user,
        .rule = actions::password_rule_of(
            ctx.db(), user, {.lengths = service.passwords, .site_name = ctx.site().names.name})};
}

web::FormErrors check_new_password(const http::Request& request, const sign_in::PasswordRule& rule)
{
    web::FormErrors errors;
    web::FormReader reader(request, errors);
    const std::string password = reader.raw("new_password");
    if (const auto refusal = sign_in::refuse_password(password, rule))
        errors.add("new_password", *refusal);
    else if (base::nfc(password) != base::nfc(reader.raw("new_password_again")))
        errors.add("new_password_again", base::Text("The two new passwords don’t match."));
    return errors;
}

} // namespace pages::public_
