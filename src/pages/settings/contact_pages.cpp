#include "pages/settings/contact_pages.hpp"

#include "actions/change_password.hpp"
#include "actions/change_user.hpp"
#include "pages/settings/contact_input.hpp"
#include "pages/shared/urls.hpp"
#include "settings/own.html.hpp"
#include "settings/own_for_staff.html.hpp"
#include "users/user.hpp"
#include "web/forms/draft.hpp"

namespace pages::settings {

namespace {

http::Response draw(web::Context& ctx, const TypedContact& typed, http::Status status)
{
    const OwnView view{.page = ctx.page(web::title_of_form(base::Text("Account"), typed.errors), web::Place::Account),
        .form = typed,
        .accounts = accounts::list_accounts_of(ctx.db(), ctx.visitor().user_id),
        .username = ctx.visitor().username};
    if (ctx.visitor().is_staff())
        return ctx.render([&](web::Html& out) { views::settings::own_for_staff(out, view); }, status);
    return ctx.render([&](web::Html& out) { views::settings::own(out, view); }, status);
}

} // namespace

http::Response show_account(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const web::Fields& draft = web::fields_for(drafts, "contact/");
    const users::User user = users::get_user(ctx.db(), ctx.visitor().user_id);
    TypedContact typed;
    typed.phone = draft.empty() ? user.phone : web::field_of(draft, "phone");
    typed.email = draft.empty() ? user.email : web::field_of(draft, "email");
    return draw(ctx, typed, http::Status::Ok);
}

http::Response save_contact(web::Context& ctx)
{
    const ContactInput input = read_contact(ctx);
    if (!input.typed.errors.empty())
        return draw(ctx, input.typed, http::Status::UnprocessableContent);
    ctx.write([&](db::Transaction& tx) {
        if (!input.checked_hash.empty())
            actions::require_same_password(tx, ctx.act(), input.checked_hash);
        actions::change_contact(tx, ctx.act(), {.phone = input.typed.phone, .email = input.typed.email});
        web::remove_draft(tx, ctx);
    });
    ctx.flash("contact-saved");
    return http::redirect(urls::account());
}

} // namespace pages::settings
