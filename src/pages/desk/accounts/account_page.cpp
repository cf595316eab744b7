#include "pages/desk/accounts/account_page.hpp"

#include "actions/change_account.hpp"
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
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    accounts::AccountForm form = form_of(account);
    fill_in(form, web::fields_for(drafts, {}));
    AccountView view = account_view(ctx, account.id, std::move(form));
    view.username = web::field_of(web::fields_for(drafts, "link/"), "username");
    return draw(ctx, view);
}

http::Response save_account(web::Context& ctx)
{
    const AccountId id = accounts::get_account(ctx.db(), ctx.id<AccountId>("id")).id;
    AccountInput input = read_account_change(ctx);
    if (!input.errors.empty())
        return draw(ctx, refused_account_view(ctx, id, input), http::Status::UnprocessableContent);
    try {
        const bool is_saved = ctx.write([&](db::Transaction& tx) {
            if (!actions::change_account(tx, ctx.act(), id, input.form))
                return false;
            web::remove_draft(tx, ctx);
            return true;
        });
        if (!is_saved) {
            const accounts::Account saved = accounts::get_account(ctx.db(), id);
            return draw(ctx, clashing_account_view(ctx, saved, input), http::Status::Conflict);
        }
    } catch (const db::ConstraintViolation&) {
        input.errors.add("number", base::Text(number_is_taken));
        return draw(ctx, refused_account_view(ctx, id, input), http::Status::UnprocessableContent);
    }
    ctx.flash("account-saved");
    return http::redirect(urls::desk_account(id));
}

} // namespace pages::desk
