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

OwnView own_view(web::Context& ctx, const users::User& saved, const TypedContact& typed, http::Status status)
{
    OwnView view{.page = {},
        .form = typed,
        .accounts = accounts::list_accounts_of(ctx.db(), saved.id),
        .username = saved.username,
        .phone = saved.phone,
        .email = saved.email,
        .is_clash = status == http::Status::Conflict};
    const auto title = base::Text("Account");
    view.page = ctx.page(status == http::Status::Ok ? title : web::title_of_refused(title), web::Place::Account);
    if (view.is_clash) {
        view.form.version = saved.version;
        view.form.shown = shown_of(saved);
    }
    view.page.has_fields = true;
    return view;
}

http::Response draw(web::Context& ctx, const OwnView& view, http::Status status)
{
    if (ctx.visitor().is_staff())
        return ctx.render([&](web::Html& out) { views::settings::own_for_staff(out, view); }, status);
    return ctx.render([&](web::Html& out) { views::settings::own(out, view); }, status);
}

users::User saved_user(web::Context& ctx)
{
    return users::get_user(ctx.db(), ctx.visitor().user_id);
}

http::Response draw_again(web::Context& ctx, const TypedContact& typed, http::Status status)
{
    return draw(ctx, own_view(ctx, saved_user(ctx), typed, status), status);
}

actions::Contact contact_of(const TypedContact& typed)
{
    return {.phone = typed.phone, .email = typed.email, .version = typed.version};
}

} // namespace

http::Response show_account(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const web::Fields& draft = web::fields_for(drafts, "contact/");
    const users::User user = saved_user(ctx);
    OwnView view = own_view(ctx, user, contact_of(user, draft), http::Status::Ok);
    web::note_kept(ctx, view.page, drafts, {"contact/"});
    return draw(ctx, view, http::Status::Ok);
}

http::Response save_contact(web::Context& ctx)
{
    const ContactInput input = read_contact(ctx);
    if (!input.typed.errors.empty())
        return refuse(draw_again(ctx, input.typed, input.current.refusal), input.current);
    const bool is_saved = !input.is_clash && ctx.write([&](db::Transaction& tx) {
        if (!input.current.checked_hash.empty())
            actions::require_same_password(tx, ctx.act(), input.current.checked_hash);
        if (!actions::change_contact(tx, ctx.act(), contact_of(input.typed)))
            return false;
        web::remove_draft(tx, ctx);
        return true;
    });
    if (!is_saved)
        return draw_again(ctx, input.typed, http::Status::Conflict);
    ctx.flash("contact-saved");
    return http::redirect(urls::account());
}

} // namespace pages::settings
