#include "pages/settings/security/turn_off_input.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "pages/settings/password_input.hpp"

#include <string>

namespace pages::settings {

namespace {

bool is_short(const web::Context& ctx, std::size_t fewest)
{
    const std::string typed = base::nfc(ctx.request().form_value("current_password").value_or(""));
    return base::count_code_points(typed) < fewest;
}

} // namespace

TurnOff read_turn_off(web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    const auto fewest = sign_in::fewest_characters(lengths, ctx.visitor().role, sign_in::SignInBy::Password);
    if (ctx.request().form_value("new_password")) {
        sign_in::PasswordRule rule = rule_for_visitor(ctx, lengths);
        rule.fewest = fewest;
        PasswordInput input = read_password(ctx, rule);
        return {.refused = {.errors = input.errors, .password = input.current, .longer_password = fewest},
            .new_password = input.new_password};
    }
    TurnOff wanted{.refused = {.password = check_current_password(ctx)}};
    if (!wanted.refused.password.error.empty()) {
        wanted.refused.errors.add("current_password", wanted.refused.password.error);
    } else if (is_short(ctx, fewest)) {
        wanted.refused.longer_password = fewest;
        wanted.refused.errors.add("new_password",
            base::Text("Without the second step your password needs at least {n} characters. Choose a longer one here.",
                {{"n", std::to_string(fewest)}}));
    }
    return wanted;
}

} // namespace pages::settings
