#include "pages/settings/own_view.hpp"

#include "accounts/asks.hpp"
#include "outbox/outbox.hpp"
#include "pages/settings/contact_input.hpp"
#include "settings/own.html.hpp"
#include "settings/own_for_staff.html.hpp"
#include "users/email_changes.hpp"

namespace pages::settings {

namespace {

OwnAccount own_account(web::Context& ctx, accounts::Account&& account)
{
    OwnAccount own{.account = std::move(account), .shares = false, .others = {}};
    own.is_holder = own.account.user_id == ctx.visitor().user_id;
    for (accounts::LinkedUser& user : accounts::list_linked_users(ctx.db(), own.account.id)) {
        if (user.id == ctx.visitor().user_id)
            own.shares = user.shares;
        else
            own.others.push_back({user.id, std::move(user.full_name), user.shares});
    }
    return own;
}

std::vector<AskRow> ask_rows(web::Context& ctx)
{
    std::vector<AskRow> rows;
    for (const accounts::Ask& ask : accounts::list_asks_to(ctx.db(), ctx.visitor().user_id, ctx.now()))
        rows.push_back({.id = ask.id.value,
            .name = ask.full_name,
            .account = accounts::short_number(ask.number),
            .address = ask.address,
            .when = ctx.dates().friendly(ask.asked_at)});
    return rows;
}

} // namespace

users::User saved_user(web::Context& ctx)
{
    return users::get_user(ctx.db(), ctx.visitor().user_id);
}

OwnView own_view(web::Context& ctx, const users::User& saved, const TypedContact& typed, http::Status status)
{
    OwnView view{.page = {},
        .form = typed,
        .accounts = {},
        .asks = {},
        .claim = {},
        .username = saved.username,
        .phone = saved.phone,
        .email = saved.email,
        .is_clash = status == http::Status::Conflict,
        .wanted_email = users::find_wanted_email(ctx.db(), saved.id, ctx.now()).value_or(std::string()),
        .has_mail = outbox::is_on(ctx.db())};
    for (accounts::Account& account : accounts::list_accounts_of(ctx.db(), saved.id))
        view.accounts.push_back(own_account(ctx, std::move(account)));
    if (!ctx.visitor().is_staff())
        view.asks = ask_rows(ctx);
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

} // namespace pages::settings
