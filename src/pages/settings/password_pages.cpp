#include "pages/settings/password_pages.hpp"

#include "actions/change_password.hpp"
#include "pages/settings/password_input.hpp"
#include "pages/settings/views.hpp"
#include "pages/settings/waiting_form.hpp"
#include "pages/shared/urls.hpp"
#include "settings/password.html.hpp"
#include "settings/password_for_staff.html.hpp"
#include "sign_in/password.hpp"

namespace pages::settings {

namespace {

http::Response draw(web::Context& ctx, const sign_in::PasswordLengths& lengths, const web::FormErrors& errors = {},
    http::Status status = http::Status::Ok)
{
    PasswordView view{
        .page = ctx.page(web::title_of_form(base::Text("Change your password"), errors), web::Place::Account),
        .errors = errors,
        .fewest_characters = rule_for_visitor(ctx, lengths).fewest,
        .is_forced = ctx.must_change_password(),
        .waiting_page = waiting_page(ctx)};
    view.page.has_fields = true;
    if (ctx.visitor().is_staff() && !view.is_forced)
        return ctx.render([&](web::Html& out) { views::settings::password_for_staff(out, view); }, status);
    return ctx.render([&](web::Html& out) { views::settings::password(out, view); }, status);
}

} // namespace

http::Response password_form(web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    return draw(ctx, lengths);
}

http::Response change_password(web::Context& ctx, const sign_in::PasswordLengths& lengths)
{
    const PasswordInput input = read_password(ctx, rule_for_visitor(ctx, lengths));
    if (!input.errors.empty())
        return refuse(draw(ctx, lengths, input.errors, input.current.refusal), input.current);
    const std::string hash = sign_in::hash_password(input.new_password);
    ctx.write([&](db::Transaction& tx) {
        actions::change_password(tx, ctx.act(),
            {.checked_hash = input.current.checked_hash,
                .new_hash = hash,
                .kept_session = ctx.session_hash(),
                .language = ctx.language().language().tag()});
    });
    ctx.log_security({.event = "password_changed"});
    const std::string page = waiting_page(ctx);
    ctx.flash(page.empty() ? "password-saved" : "text-kept");
    return http::redirect(page.empty() ? urls::account() : page);
}

} // namespace pages::settings
