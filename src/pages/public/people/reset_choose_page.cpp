#include "pages/public/people/reset_choose_page.hpp"

#include "actions/people/reset_by_mail.hpp"
#include "pages/public/link_over.hpp"
#include "pages/public/people/chooser.hpp"
#include "pages/public/people/mail_link_over.hpp"
#include "pages/public/people/views.hpp"
#include "pages/shared/urls.hpp"
#include "public/reset_choose.html.hpp"
#include "sign_in/password.hpp"

namespace pages::public_ {

namespace {

http::Response draw(web::Context& ctx, const Chooser& chooser, const web::FormErrors& errors)
{
    const ResetChooseView view{.page = ctx.page(web::title_of_form(base::Text("Choose a new password"), errors)),
        .errors = errors,
        .token = std::string(ctx.path_value("token")),
        .username = chooser.user.username,
        .fewest_characters = chooser.rule.fewest};
    const auto status = errors.empty() ? http::Status::Ok : http::Status::UnprocessableContent;
    return for_holders_only(ctx.render([&](web::Html& out) { views::public_::reset_choose(out, view); }, status));
}

} // namespace

http::Response choose_password_form(web::Context& ctx, const SelfService& service)
{
    const auto chooser = find_chooser(ctx, service);
    return chooser ? draw(ctx, *chooser, {}) : show_mail_link_over(ctx, urls::reset());
}

http::Response choose_password(web::Context& ctx, const SelfService& service)
{
    const auto chooser = find_chooser(ctx, service);
    if (!chooser)
        return show_mail_link_over(ctx, urls::reset());
    if (const auto errors = check_new_password(ctx.request(), chooser->rule); !errors.empty())
        return draw(ctx, *chooser, errors);
    ctx.release();
    const std::string hash = sign_in::hash_password(ctx.request().form_value("new_password").value_or(""));
    const auto user = ctx.write([&](db::Transaction& tx) {
        return actions::choose_password(tx,
            {.token = ctx.path_value("token"), .new_hash = hash, .language = ctx.language().language().tag()},
            ctx.now());
    });
    if (!user)
        return show_mail_link_over(ctx, urls::reset());
    ctx.log_security({.event = "password_chosen", .about = *user});
    ctx.flash("password-chosen");
    return http::redirect(urls::sign_in());
}

} // namespace pages::public_
