#include "pages/settings/password_pages.hpp"

#include "actions/change_password.hpp"
#include "actions/sign_in.hpp"
#include "base/error.hpp"
#include "pages/settings/views.hpp"
#include "pages/shared/urls.hpp"
#include "settings/password.html.hpp"
#include "sign_in/password.hpp"
#include "sign_in/session.hpp"
#include "users/user.hpp"

namespace pages::settings {

namespace {

http::Response draw(web::Context& ctx, PasswordView view, http::Status status)
{
    view.is_forced = ctx.must_change_password();
    view.page = ctx.page(web::title_of_form(base::Text("Change your password"), view.errors), web::Place::Account);
    return ctx.render([&](web::Html& out) { views::settings::password(out, view); }, status);
}

} // namespace

http::Response password_form(web::Context& ctx)
{
    return draw(ctx, {}, http::Status::Ok);
}

http::Response change_password(web::Context& ctx)
{
    PasswordView view;
    web::FormReader reader(ctx.request(), view.errors);
    const std::string current = reader.raw("current_password");
    const std::string wanted = reader.raw("new_password");
    const users::User user = users::get_user(ctx.db(), ctx.visitor().user_id);
    const sign_in::SignInAttempt attempt{.address = ctx.request().remote_address,
        .username = user.username,
        .now = ctx.now(),
        .request_id = ctx.request_id()};
    ctx.release();

    const auto checked_hash = actions::check_own_password(ctx.site().database, attempt, current);
    if (!checked_hash)
        view.errors.add("current_password", base::Text("This is not your current password."));
    if (const auto refusal = sign_in::refuse_password(wanted, user.username, user.email))
        view.errors.add("new_password", *refusal);
    else if (wanted == current)
        view.errors.add("new_password", base::Text("Choose a password that differs from the current one."));
    else if (wanted != reader.raw("new_password_again"))
        view.errors.add("new_password_again", base::Text("Type the same new password twice."));
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);

    const std::string hash = sign_in::hash_password(wanted);
    ctx.write([&](db::Transaction& tx) {
        actions::change_password(
            tx, ctx.act(), {.checked_hash = *checked_hash, .new_hash = hash, .kept_session = ctx.session_hash()});
    });
    ctx.flash("password-saved");
    return http::redirect(urls::account());
}

} // namespace pages::settings
