#include "actions/change_password.hpp"
#include "actions/factors/change_factor.hpp"
#include "base/text.hpp"
#include "base/utf8.hpp"
#include "pages/settings/security/security_pages.hpp"
#include "pages/settings/security/security_view.hpp"
#include "pages/shared/urls.hpp"

namespace pages::settings {

namespace {

/// The password stays alone: a short one was long enough beside a code only.
base::Text refuse_short_password(const web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    const auto fewest = sign_in::fewest_characters(lengths, ctx.visitor().role, sign_in::SignInBy::Password);
    const std::string typed = base::nfc(ctx.request().form_value("current_password").value_or(""));
    if (base::count_code_points(typed) >= fewest)
        return {};
    return base::Text("Without the second step your password needs at least {n} characters. Change it first: Account, "
                      "Change password.",
        {{"n", std::to_string(fewest)}});
}

} // namespace

http::Response turn_factor_off(web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    web::FormErrors errors;
    if (ctx.site().rules.needs_second_factor(ctx.visitor()))
        errors.add("current_password", base::Text("Your role needs the second step. It can’t be turned off."));
    const OwnPassword password = errors.empty() ? check_current_password(ctx) : OwnPassword{};
    if (!password.error.empty())
        errors.add("current_password", password.error);
    else if (const base::Text reason = refuse_short_password(ctx, lengths); errors.empty() && !reason.empty())
        errors.add("current_password", reason);
    if (!errors.empty())
        return refuse_security(ctx, errors, password);
    ctx.write([&](db::Transaction& tx) {
        actions::require_same_password(tx, ctx.act(), password.checked_hash);
        actions::turn_factor_off(tx, ctx.act(), ctx.language().language().tag());
    });
    ctx.log_security({.event = "factor_off"});
    ctx.flash("factor-off");
    return http::redirect(urls::security());
}

} // namespace pages::settings
