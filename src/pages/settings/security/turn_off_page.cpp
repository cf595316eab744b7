#include "actions/change_password.hpp"
#include "actions/factors/change_factor.hpp"
#include "base/text.hpp"
#include "pages/settings/security/security_pages.hpp"
#include "pages/settings/security/turn_off_input.hpp"
#include "pages/shared/urls.hpp"
#include "sign_in/password.hpp"

#include <string>

namespace pages::settings {

http::Response turn_factor_off(web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    if (ctx.site().rules.needs_second_factor(ctx.visitor())) {
        RefusedSecurity refused;
        refused.errors.add("current_password", base::Text("Your role needs the second step. It can’t be turned off."));
        return refuse_security(ctx, refused);
    }
    const TurnOff wanted = read_turn_off(ctx, lengths);
    if (!wanted.refused.errors.empty())
        return refuse_security(ctx, wanted.refused);
    const std::string language = ctx.language().language().tag();
    const std::string& checked_hash = wanted.refused.password.checked_hash;
    const bool is_new = !wanted.new_password.empty();
    const std::string hash = is_new ? sign_in::hash_password(wanted.new_password) : std::string();
    ctx.write([&](db::Transaction& tx) {
        actions::require_same_password(tx, ctx.act(), checked_hash);
        actions::turn_factor_off(tx, ctx.act(), language);
        if (is_new)
            actions::change_password(tx, ctx.act(),
                {.checked_hash = checked_hash,
                    .new_hash = hash,
                    .kept_session = ctx.session_hash(),
                    .language = language});
    });
    ctx.log_security({.event = "factor_off"});
    if (is_new)
        ctx.log_security({.event = "password_changed"});
    ctx.flash(is_new ? "factor-off-password" : "factor-off");
    return http::redirect(urls::security());
}

} // namespace pages::settings
