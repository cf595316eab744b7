#include "pages/desk/accounts/link_account_page.hpp"

#include "actions/link_account.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/account.html.hpp"
#include "pages/desk/accounts/account_view.hpp"
#include "pages/shared/urls.hpp"
#include "users/user.hpp"

namespace pages::desk {

http::Response link_user(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    AccountInput input{.form = form_of(account), .errors = {}};
    web::FormReader reader(ctx.request(), input.errors);
    const std::string username =
        reader.line("username", {.least = 1, .most = 150, .missing = base::MessageId("Enter the user name to link.")});
    const auto user = users::find_user(ctx.db(), username);
    if (!user && !username.empty())
        input.errors.add("username", base::Text("There is no user with this name."));
    if (!input.errors.empty()) {
        AccountView view = refused_account_view(ctx, account.id, input);
        view.username = username;
        return ctx.render([&](web::Html& out) { views::desk::account(out, view); }, http::Status::UnprocessableContent);
    }
    ctx.write([&](db::Transaction& tx) {
        actions::link_account(tx, ctx.act(), account.id, user->id);
        web::remove_draft(tx, ctx);
    });
    ctx.flash("account-linked");
    return http::redirect(urls::desk_account(account.id));
}

http::Response unlink_user(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    const auto user = base::parse_integer(ctx.request().form_value("user").value_or(""));
    if (!user)
        throw base::BadRequest(base::Text("The form does not say whom to unlink."));
    ctx.write([&](db::Transaction& tx) { actions::unlink_account(tx, ctx.act(), account.id, UserId{*user}); });
    ctx.flash("account-unlinked");
    return http::redirect(urls::desk_account(account.id));
}

} // namespace pages::desk
