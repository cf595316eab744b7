#include "pages/desk/accounts/account_page.hpp"

#include "actions/change_account.hpp"
#include "actions/link_account.hpp"
#include "desk/account.html.hpp"
#include "pages/desk/accounts/account_view.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

namespace {

http::Response draw(web::Context& ctx, const AccountView& view, http::Status status = http::Status::Ok)
{
    return ctx.render([&](web::Html& out) { views::desk::account(out, view); }, status);
}

} // namespace

http::Response show_account(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    const accounts::Account saved = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    AccountView view = account_view(ctx, saved);
    const web::Fields& typed = web::newest_for(drafts, {"", "link/", "unlink/", "end-ask/"});
    fill_in(view, saved, typed);
    web::note_kept(ctx, view.page, drafts, {"", "link/", "unlink/", "end-ask/"});
    return draw(ctx, view);
}

http::Response save_account(web::Context& ctx)
{
    const accounts::Account before = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    AccountInput input = read_account_change(ctx, before);
    const auto user = find_user_to_link(ctx, input);
    if (!input.errors.empty())
        return draw(ctx, refused_account_view(ctx, before, input), http::Status::UnprocessableContent);
    if (input.is_clash)
        return draw(ctx, clashing_account_view(ctx, before, input), http::Status::Conflict);
    try {
        const bool is_saved = ctx.write([&](db::Transaction& tx) {
            if (!actions::change_account(tx, ctx.act(), before.id, input.form))
                return false;
            if (user)
                actions::link_account(tx, ctx.act(), before.id, user->id);
            web::remove_drafts_of(tx, ctx, ctx.request().path);
            return true;
        });
        if (!is_saved)
            return draw(ctx, clashing_account_view(ctx, accounts::get_account(ctx.db(), before.id), input),
                http::Status::Conflict);
    } catch (const db::ConstraintViolation&) {
        input.errors.add("number", base::Text(number_is_taken));
        return draw(ctx, refused_account_view(ctx, before, input), http::Status::UnprocessableContent);
    }
    ctx.flash("account-saved");
    return http::redirect(urls::desk_account(before.id));
}

} // namespace pages::desk
