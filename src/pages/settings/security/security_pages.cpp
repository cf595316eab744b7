#include "pages/settings/security/security_pages.hpp"

#include "actions/change_password.hpp"
#include "actions/factors/change_factor.hpp"
#include "pages/settings/security/security_view.hpp"
#include "pages/settings/waiting_form.hpp"
#include "pages/shared/urls.hpp"

namespace pages::settings {

namespace {

http::Response lead_back(const web::Context& ctx)
{
    const std::string page = waiting_page(ctx);
    return http::redirect(urls::security() + (page.empty() ? "" : "?next=" + base::percent_encode(page)));
}

} // namespace

http::Response security_form(web::Context& ctx)
{
    return draw_security(ctx);
}

http::Response turn_factor_on(web::Context& ctx)
{
    // The form sent twice: the page has the codes.
    if (sign_in::has_second_factor(ctx.db(), ctx.visitor().user_id))
        return lead_back(ctx);
    const auto shown = find_shown_secret(ctx);
    web::FormErrors errors;
    if (!shown)
        errors.add("code", base::Text("That code does not fit the key on this page. Type the one that the app shows "
                                      "now. Is the time on your phone right?"));
    const OwnPassword password = ctx.is_proved() ? OwnPassword{} : check_current_password(ctx);
    if (!password.error.empty())
        errors.add("current_password", password.error);
    if (!errors.empty())
        return refuse_security(ctx, {.errors = errors, .password = password});
    const MadeCodes codes(ctx);
    ctx.write([&](db::Transaction& tx) {
        if (!password.checked_hash.empty())
            actions::require_same_password(tx, ctx.act(), password.checked_hash);
        actions::turn_factor_on(tx, ctx.act(),
            {.secret = shown->secret,
                .step = shown->step,
                .recovery = codes.stored(),
                .kept_session = ctx.session_hash(),
                .language = ctx.language().language().tag()});
    });
    ctx.log_security({.event = "factor_on"});
    return lead_back(ctx);
}

} // namespace pages::settings
