#include "pages/desk/accounts/link_account_page.hpp"

#include "actions/households/answer_ask.hpp"
#include "actions/link_account.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "desk/account.html.hpp"
#include "pages/desk/accounts/account_view.hpp"
#include "pages/shared/urls.hpp"

namespace pages::desk {

http::Response link_user(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    AccountInput input =
        find_unsaved(ctx, account)
            .value_or(AccountInput{.form = form_of(account), .username = {}, .errors = {}, .shown = shown_of(account)});
    input.errors = {};
    web::FormReader reader(ctx.request(), input.errors);
    input.username =
        reader.line("username", {.least = 1, .most = 150, .missing = base::MessageId("Enter the user name to link.")});
    const auto user = find_user_to_link(ctx, input);
    if (!input.errors.empty()) {
        const AccountView view = refused_account_view(ctx, account, input);
        return ctx.render([&](web::Html& out) { views::desk::account(out, view); }, http::Status::UnprocessableContent);
    }
    const bool is_new = ctx.write([&](db::Transaction& tx) {
        keep_unsaved(tx, ctx, account);
        return actions::link_account(tx, ctx.act(), account.id, user->id);
    });
    ctx.flash(is_new ? "account-linked" : "account-linked-before");
    return http::redirect(urls::desk_account(account.id));
}

http::Response unlink_user(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    const auto user = base::parse_integer(ctx.request().form_value("user").value_or(""));
    if (!user)
        throw base::BadRequest(base::Text("The form does not say whom to unlink."));
    const bool was_linked = ctx.write([&](db::Transaction& tx) {
        keep_unsaved(tx, ctx, account);
        return actions::unlink_account(tx, ctx.act(), account.id, UserId{*user});
    });
    ctx.flash(was_linked ? "account-unlinked" : "account-not-linked");
    return http::redirect(urls::desk_account(account.id));
}

http::Response end_ask(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    const auto ask = base::parse_integer(ctx.request().form_value("ask").value_or(""));
    if (!ask)
        throw base::BadRequest(base::Text("The form does not say which ask to end."));
    const bool is_ended = ctx.write([&](db::Transaction& tx) {
        keep_unsaved(tx, ctx, account);
        return actions::end_ask(tx, ctx.act(), account.id, AskId{*ask});
    });
    ctx.flash(is_ended ? "ask-ended" : "ask-over");
    return http::redirect(urls::desk_account(account.id));
}

} // namespace pages::desk
