#include "pages/desk/account_pages.hpp"

#include "actions/change_account.hpp"
#include "actions/link_account.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "desk/account.html.hpp"
#include "desk/accounts.html.hpp"
#include "pages/desk/directory_history.hpp"
#include "pages/desk/directory_views.hpp"
#include "web/forms/draft.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

std::string address_of(AccountId id)
{
    return fmt::format("/admin/accounts/{}/", id.value);
}

http::Response draw(web::Context& ctx, AccountView view, http::Status status)
{
    if (view.id) {
        view.users = accounts::list_linked_users(ctx.db(), view.id);
        view.history = directory_history(ctx, events::Subject::Account, view.id.value);
    }
    base::Text title =
        view.id ? base::Text("Account {number}", {{"number", view.form.number}}) : base::Text("New account");
    view.page = ctx.page(web::title_of_form(std::move(title), view.errors), web::Place::Accounts);
    return ctx.render([&](web::Html& out) { views::desk::account(out, view); }, status);
}

AccountView view_of(const accounts::Account& account)
{
    AccountView view;
    view.id = account.id;
    view.form = {.number = account.number,
        .address = account.address,
        .phone = account.phone,
        .is_active = account.is_active,
        .version = account.version};
    return view;
}

void read_form(web::Context& ctx, AccountView& view)
{
    web::FormReader reader(ctx.request(), view.errors);
    view.form.number = accounts::normalize_number(
        reader.line("number", {.least = 1, .most = 20, .missing = base::MessageId("Enter the account number.")}));
    view.form.address =
        reader.line("address", {.least = 1, .most = 255, .missing = base::MessageId("Enter the service address.")});
    view.form.phone = reader.line("phone", {.least = 0, .most = 30});
    view.form.version = reader.number("version").value_or(0);
    view.form.is_active = !view.id || reader.checked("is_active");
    if (!view.form.number.empty() && !accounts::is_valid_number(view.form.number))
        view.errors.add("number", base::Text("An account number has 4 to 20 letters, digits and hyphens."));
    if (!users::is_valid_phone(view.form.phone))
        view.errors.add("phone", base::Text("Enter a phone number with 7 to 15 digits, such as (518) 555-0134."));
}

/// What was typed before the session ended, its version too: a change made meanwhile is then a clash.
void fill_in(AccountView& view, const web::Drafts& drafts)
{
    view.username = web::field_of(web::fields_for(drafts, "link/"), "username");
    const web::Fields& draft = web::fields_for(drafts, {});
    if (draft.empty())
        return;
    view.form.number = web::field_of(draft, "number");
    view.form.address = web::field_of(draft, "address");
    view.form.phone = web::field_of(draft, "phone");
    view.form.is_active = !view.id || !web::field_of(draft, "is_active").empty();
    view.form.version = base::parse_integer(web::field_of(draft, "version")).value_or(view.form.version);
}

constexpr base::MessageId number_is_taken = base::MessageId("Another account has this number.");

} // namespace

http::Response list_accounts(web::Context& ctx)
{
    accounts::AccountFilter filter;
    filter.search = base::first_code_points(base::trim(ctx.request().query_value("q").value_or("")), 200);
    if (const auto after = ctx.request().query_value("after")) {
        const auto number = base::parse_integer(*after);
        if (!number)
            throw base::BadRequest(base::Text("The position in this web address is not one we use."));
        filter.after = AccountId{*number};
    }
    AccountListView view;
    view.search = filter.search;
    view.rows = accounts::list_accounts(ctx.db(), filter);
    const std::string first = "/admin/accounts/?q=" + base::percent_encode(view.search);
    if (view.rows.size() > accounts::page_size) {
        view.rows.resize(accounts::page_size);
        view.next_page = fmt::format("{}&after={}", first, view.rows.back().id.value);
    }
    if (filter.after)
        view.first_page = first;
    view.page = ctx.page(base::Text("Accounts"), web::Place::Accounts);
    return ctx.render([&](web::Html& out) { views::desk::accounts(out, view); });
}

http::Response new_account(web::Context& ctx)
{
    AccountView view;
    fill_in(view, web::find_drafts(ctx));
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response create_account(web::Context& ctx)
{
    AccountView view;
    read_form(ctx, view);
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    try {
        const AccountId id = ctx.write([&](db::Transaction& tx) {
            web::remove_draft(tx, ctx);
            return actions::add_account(tx, ctx.act(), view.form);
        });
        ctx.flash("account-saved");
        return http::redirect(address_of(id));
    } catch (const db::ConstraintViolation&) {
        view.errors.add("number", base::Text(number_is_taken));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
}

http::Response show_account(web::Context& ctx)
{
    const web::Drafts drafts = web::find_drafts(ctx);
    AccountView view = view_of(accounts::get_account(ctx.db(), ctx.id<AccountId>("id")));
    fill_in(view, drafts);
    return draw(ctx, std::move(view), http::Status::Ok);
}

http::Response save_account(web::Context& ctx)
{
    const accounts::Account before = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    AccountView view = view_of(before);
    read_form(ctx, view);
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    try {
        const bool is_saved = ctx.write([&](db::Transaction& tx) {
            if (!actions::change_account(tx, ctx.act(), before.id, view.form))
                return false;
            web::remove_draft(tx, ctx);
            return true;
        });
        if (!is_saved) {
            const accounts::Account now = accounts::get_account(ctx.db(), before.id);
            view.clash = saved_version({now.number, now.address, now.phone});
            view.form.version = now.version;
            return draw(ctx, std::move(view), http::Status::Conflict);
        }
    } catch (const db::ConstraintViolation&) {
        view.errors.add("number", base::Text(number_is_taken));
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    }
    ctx.flash("account-saved");
    return http::redirect(address_of(before.id));
}

http::Response link_user(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    AccountView view = view_of(account);
    web::FormReader reader(ctx.request(), view.errors);
    view.username =
        reader.line("username", {.least = 1, .most = 150, .missing = base::MessageId("Enter the user name to link.")});
    const auto user = users::find_user(ctx.db(), view.username);
    if (!user && !view.username.empty())
        view.errors.add("username", base::Text("There is no user with this name."));
    if (!view.errors.empty())
        return draw(ctx, std::move(view), http::Status::UnprocessableContent);
    ctx.write([&](db::Transaction& tx) {
        actions::link_account(tx, ctx.act(), account.id, user->id);
        web::remove_draft(tx, ctx);
    });
    ctx.flash("account-linked");
    return http::redirect(address_of(account.id));
}

http::Response unlink_user(web::Context& ctx)
{
    const accounts::Account account = accounts::get_account(ctx.db(), ctx.id<AccountId>("id"));
    const auto user = base::parse_integer(ctx.request().form_value("user").value_or(""));
    if (!user)
        throw base::BadRequest(base::Text("The form does not say whom to unlink."));
    ctx.write([&](db::Transaction& tx) { actions::unlink_account(tx, ctx.act(), account.id, UserId{*user}); });
    ctx.flash("account-unlinked");
    return http::redirect(address_of(account.id));
}

} // namespace pages::desk
