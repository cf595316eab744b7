#include "actions/change_password.hpp"
#include "actions/factors/change_factor.hpp"
#include "pages/settings/security/security_pages.hpp"
#include "pages/settings/security/security_view.hpp"
#include "pages/settings/waiting_form.hpp"
#include "pages/shared/urls.hpp"

namespace pages::settings {

http::Response renew_recovery_codes(web::Context& ctx)
{
    const OwnPassword password = check_current_password(ctx);
    if (!password.error.empty()) {
        web::FormErrors errors;
        errors.add("current_password", password.error);
        return refuse_security(ctx, {.errors = errors, .password = password});
    }
    const MadeCodes codes(ctx);
    const bool is_done = ctx.write([&](db::Transaction& tx) {
        actions::require_same_password(tx, ctx.act(), password.checked_hash);
        return actions::renew_recovery_codes(tx, ctx.act(), codes.stored());
    });
    if (is_done)
        ctx.log_security({.event = "recovery_codes_made"});
    else
        ctx.flash("codes-none");
    return http::redirect(urls::security());
}

http::Response hide_recovery_codes(web::Context& ctx)
{
    ctx.write([&](db::Transaction& tx) { actions::hide_recovery_codes(tx, ctx.act()); });
    const std::string page = waiting_page(ctx);
    return http::redirect(page.empty() ? urls::account() : page);
}

} // namespace pages::settings
