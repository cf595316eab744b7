#include "pages/settings/closing/close_pages.hpp"

#include "actions/people/close_profile.hpp"
#include "base/error.hpp"
#include "pages/settings/closing/close_views.hpp"
#include "pages/settings/own_password.hpp"
#include "pages/shared/urls.hpp"
#include "service_requests/closed_contacts.hpp"
#include "settings/close.html.hpp"
#include "web/forms/csrf.hpp"
#include "web/forms/forget.hpp"

namespace pages::settings {

namespace {

http::Response draw(web::Context& ctx, const OwnPassword& password, http::Status status)
{
    CloseView view{.page = {}, .errors = {}};
    if (!password.error.empty())
        view.errors.add("current_password", password.error);
    view.page = ctx.page(web::title_of_form(base::Text("Close your profile"), view.errors), web::Place::Account);
    view.page.has_fields = true;
    view.has_open_emergency = service_requests::has_open_emergency(ctx.db(), ctx.visitor().user_id);
    return refuse(ctx.render([&](web::Html& out) { views::settings::close(out, view); }, status), password);
}

} // namespace

http::Response close_form(web::Context& ctx)
{
    return draw(ctx, {}, http::Status::Ok);
}

http::Response close_profile(web::Context& ctx, web::LiveHub& live)
{
    if (ctx.visitor().is_staff())
        throw base::Forbidden("only customers close their own profile");
    const OwnPassword password =
        check_own_password(ctx, std::string(ctx.request().form_value("current_password").value_or("")),
            base::MessageId("Type your current password."));
    if (!password.error.empty())
        return draw(ctx, password, password.refusal);
    const auto ended = ctx.write([&](db::Transaction& tx) {
        auto sessions = actions::close_profile(
            tx, ctx.act(), {.checked_hash = password.checked_hash, .language = ctx.language().language().tag()});
        web::remove_all_kept(tx, ctx.visitor().user_id);
        return sessions;
    });
    ctx.log_security({.event = "profile_closed"});
    for (const std::string& session : ended)
        live.end_session(session);
    ctx.set_cookie(web::session_cookie, "", 0);
    ctx.flash("profile-closed");
    http::Response response = http::redirect(urls::sign_in());
    response.header("Clear-Site-Data", R"("cache")");
    return response;
}

} // namespace pages::settings
