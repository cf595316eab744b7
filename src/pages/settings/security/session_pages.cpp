#include "pages/settings/security/session_pages.hpp"

#include "actions/people/own_sessions.hpp"
#include "pages/settings/security/session_view.hpp"
#include "pages/shared/urls.hpp"
#include "settings/sessions.html.hpp"
#include "settings/sessions_for_staff.html.hpp"

namespace pages::settings {

http::Response show_sessions(web::Context& ctx, const sign_in::SessionRules& rules)
{
    const SessionsView view = sessions_view(ctx, rules);
    http::Response page = ctx.render([&](web::Html& out) {
        if (ctx.visitor().is_staff())
            views::settings::sessions_for_staff(out, view);
        else
            views::settings::sessions(out, view);
    });
    page.header("Cache-Control", "no-store");
    return page;
}

http::Response end_session(web::Context& ctx, web::LiveHub& live)
{
    const auto ended = ctx.write([&](db::Transaction& tx) {
        return actions::end_own_session(tx, ctx.act(), {.key = ctx.site().form_key, .name = ctx.path_value("name")});
    });
    if (ended) {
        ctx.log_security({.event = "session_ended", .detail = "from another device"});
        live.end_session(*ended);
    }
    ctx.flash(ended ? "session-ended" : "session-over");
    return http::redirect(urls::sessions());
}

http::Response end_other_sessions(web::Context& ctx, web::LiveHub& live)
{
    const auto ended =
        ctx.write([&](db::Transaction& tx) { return actions::end_other_sessions(tx, ctx.act(), ctx.session_hash()); });
    for (const std::string& session : ended) {
        ctx.log_security({.event = "session_ended", .detail = "from another device"});
        live.end_session(session);
    }
    ctx.flash("sessions-ended");
    return http::redirect(urls::sessions());
}

} // namespace pages::settings
