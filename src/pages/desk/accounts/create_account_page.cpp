#include "pages/desk/accounts/create_account_page.hpp"

#include "actions/change_account.hpp"
#include "desk/account.html.hpp"
#include "pages/desk/accounts/account_view.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

namespace {

http::Response refuse(web::Context& ctx, const AccountInput& input)
{
    const AccountView view = refused_account_view(ctx, {}, input);
    return ctx.render([&](web::Html& out) { views::desk::account(out, view); }, http::Status::UnprocessableContent);
}

} // namespace

http::Response new_account(web::Context& ctx)
{
    AccountView view = account_view(ctx, {});
    const web::Drafts drafts = web::find_drafts(ctx);
    fill_in(view, {}, web::fields_for(drafts, ""));
    web::note_kept(ctx, view.page, drafts, {""});
    return ctx.render([&](web::Html& out) { views::desk::account(out, view); });
}

http::Response create_account(web::Context& ctx)
{
    AccountInput input = read_new_account(ctx);
    if (!input.errors.empty())
        return refuse(ctx, input);
    try {
        const AccountId id = ctx.write([&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::add_account(tx, ctx.act(), input.form);
        });
        ctx.flash("account-saved");
        return http::redirect(urls::desk_account(id));
    } catch (const db::ConstraintViolation&) {
        input.errors.add("number", base::Text(number_is_taken));
        return refuse(ctx, input);
    }
}

} // namespace pages::desk
