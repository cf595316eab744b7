#include "server/arrival/form_check.hpp"

#include "base/error.hpp"
#include "pages/public/leak_input.hpp"
#include "pages/public/leak_instead.hpp"
#include "server/bodies/body_gate.hpp"
#include "web/forms/csrf.hpp"
#include "web/forms/draft.hpp"

namespace server {

namespace {

// A form from before the last sign-in is as good as a new one, because nobody but its typist can have the seal. Of
// somebody else nothing is done: the text is kept for its typist and not shown to the one who sits here now.
void check_token(web::Context& ctx, const web::Route& route, Sender sender)
{
    const bool is_own = route.token == web::FormToken::SameOrigin && sender == Sender::ThisSite;
    if (is_own || (route.token != web::FormToken::Session && route.token != web::FormToken::SameOrigin))
        return;
    const std::string_view token = ctx.request().form_value("csrf").value_or("");
    const std::string_view session = ctx.session_token();
    const std::string_view cookie = session.empty() ? ctx.cookie("gu_guest") : session;
    if (web::csrf_token_fits(cookie, token))
        return;
    const UserId typist = typist_of(ctx);
    if (!typist)
        throw base::InvalidToken("form token does not fit");
    if (typist == ctx.visitor().user_id)
        return;
    if (!pages::public_::is_new_leak(ctx))
        web::keep_for(ctx, typist);
    throw base::OthersForm("the form was drawn for another user");
}

} // namespace

UserId typist_of(const web::Context& ctx)
{
    return web::sealed_user(ctx.site().form_key, ctx.request().form_value("csrf").value_or(""));
}

void check_form(web::Context& ctx, const web::Route& route, Sender sender)
{
    const bool is_post = ctx.request().method == http::Method::Post;
    if (route.token == web::FormToken::Nothing)
        return ctx.set_session({}, {});
    if ((is_post || route.token == web::FormToken::Origin) && sender == Sender::AnotherSite) {
        if (route.token != web::FormToken::Guest || !ctx.request().header("sec-fetch-site").empty())
            throw base::ForeignForm(shown_sender(ctx.request()));
        ctx.set_session({}, {});
    }
    // Whoever signed out in another tab has no session for the token to fit: the text is kept, nothing is done.
    if (is_post && (route.access == web::Access::Public || !ctx.visitor().is_guest()))
        check_token(ctx, route, sender);
    if (is_post && route.access == web::Access::Customer && ctx.visitor().is_staff())
        throw base::Forbidden("customers only");
    if (is_post && !ctx.visitor().is_guest() && ctx.visitor().role < least_role(route.access))
        throw base::Forbidden("role too low");
}

// What the leak report's own page takes, a form for a new service request may say, too, without any right: never what
// the browser itself calls foreign, and of a form from elsewhere not in the name of the session.
std::optional<http::Response> take_refused_leak(web::Context& ctx, Sender sender)
{
    const bool is_foreign = sender == Sender::AnotherSite && !ctx.request().header("sec-fetch-site").empty();
    if (is_foreign || !pages::public_::is_new_leak(ctx))
        return std::nullopt;
    if (sender == Sender::AnotherSite)
        ctx.set_session({}, {});
    return pages::public_::take_leak_instead(ctx, typist_of(ctx));
}

} // namespace server
