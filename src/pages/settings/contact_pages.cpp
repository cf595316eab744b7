#include "pages/settings/contact_pages.hpp"

#include "actions/change_password.hpp"
#include "actions/change_user.hpp"
#include "actions/sign_in.hpp"
#include "pages/settings/contact_views.hpp"
#include "pages/shared/urls.hpp"
#include "settings/own.html.hpp"
#include "settings/own_for_staff.html.hpp"
#include "users/user.hpp"
#include "web/forms/draft.hpp"

namespace pages::settings {

using namespace accounts;

namespace {

http::Response draw(web::Context& ctx, OwnView view, http::Status status)
{
    view.accounts = list_accounts_of(ctx.db(), ctx.visitor().user_id);
    view.username = ctx.visitor().username;
    view.page = ctx.page(web::title_of_form(base::Text("Account"), view.errors), web::Place::Account);
    if (ctx.visitor().is_staff())
        return ctx.render([&](web::Html& out) { views::settings::own_for_staff(out, view); }, status);
    return ctx.render([&](web::Html& out) { views::settings::own(out, view); }, status);
}

/// The hash that fits; empty, with an error, when the password is wrong.
std::string check_password_for_email(web::Context& ctx, OwnView& view, const std::string& password)
{
    const sign_in::SignInAttempt attempt{.address = ctx.request().remote_address,
        .username = ctx.visitor().username,
        .now = ctx.now(),
        .request_id = ctx.request_id()};
    ctx.release();
    auto checked_hash = actions::check_own_password(ctx.site().database, attempt, password);
    if (!checked_hash)
        view.errors.add("current_password", base::Text("To change your email, type your current password."));
    return std::move(checked_hash).value_or("");
}

void save(web::Context& ctx, const OwnView& view, const std::string& checked_hash)
{
    ctx.write([&](db::Transaction& tx) {
        if (!checked_hash.empty())
            actions::require_same_password(tx, ctx.act(), checked_hash);
        actions::change_contact(tx, ctx.act(), {.phone = view.phone, .email = view.email});
        web::remove_draft(tx, ctx);
    });
}

} // namespace

http::Response show_account(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const web::Fields& draft = web::fields_for(drafts, "contact/");
    const users::User user = users::get_user(ctx.db(), ctx.visitor().user_id);
    OwnView view;
    view.phone = draft.empty() ? user.phone : web::field_of(draft, "phone");
    view.email = draft.empty() ? user.email : web::field_of(draft, "email");
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response save_contact(web::Context& ctx)
{
    const users::User user = users::get_user(ctx.db(), ctx.visitor().user_id);
    OwnView view;
    web::FormReader reader(ctx.request(), view.errors);
    view.phone = reader.line("phone", {.least = 0, .most = 30});
    view.email = reader.line("email", {.least = 0, .most = 254});
    if (!users::is_valid_phone(view.phone))
        view.errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
    if (!view.email.empty() && !users::is_valid_email(view.email))
        view.errors.add("email", base::Text("Enter an email such as name@example.com."));
    std::string checked_hash;
    if (view.email != user.email)
        checked_hash = check_password_for_email(ctx, view, reader.raw("current_password"));
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    save(ctx, view, checked_hash);
    ctx.flash("contact-saved");
    return http::redirect(urls::account());
}

} // namespace pages::settings
