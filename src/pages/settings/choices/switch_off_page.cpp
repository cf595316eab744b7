#include "pages/settings/choices/switch_off_page.hpp"

#include "actions/mail/choose_notifications.hpp"
#include "base/error.hpp"
#include "pages/settings/choices/choices_input.hpp"
#include "settings/switch_off.html.hpp"

namespace pages::settings {

namespace {

/// Throws NotFound for an address that is none of ours.
notifications::SwitchOff asked_for(const web::Context& ctx)
{
    const auto what = notifications::read_switch_off(ctx.site().form_key, ctx.path_value("token"));
    if (!what)
        throw base::NotFound("no link of a mail");
    return *what;
}

base::Text what_stops(const notifications::SwitchOff& what)
{
    const auto occasion = notifications::parse_occasion(what.occasion);
    return occasion ? words_of(*occasion) : base::Text("The daily email");
}

/// The frame has no form token and so needs no cookie.
http::Response draw(web::Context& ctx, const notifications::SwitchOff& what, bool is_done)
{
    const SwitchOffView view{
        .page = ctx.bare_page(is_done ? base::Text("You get these emails no more") : base::Text("Stop these emails?")),
        .token = std::string(ctx.path_value("token")),
        .what = what_stops(what),
        .is_done = is_done};
    http::Response response = ctx.render([&](web::Html& out) { views::settings::switch_off(out, view); });
    return std::move(response.header("Cache-Control", "no-store").header("X-Robots-Tag", "noindex"));
}

} // namespace

http::Response ask_to_switch_off(web::Context& ctx)
{
    return draw(ctx, asked_for(ctx), false);
}

http::Response switch_off(web::Context& ctx)
{
    const notifications::SwitchOff what = asked_for(ctx);
    ctx.write([&](db::Transaction& tx) { actions::switch_off_mail(tx, what, ctx.now()); });
    return draw(ctx, what, true);
}

} // namespace pages::settings
