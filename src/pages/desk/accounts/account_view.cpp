#include "pages/desk/accounts/account_view.hpp"

#include "pages/desk/directory_history.hpp"

#include <utility>

namespace pages::desk {

AccountView account_view(web::Context& ctx, const accounts::Account& saved)
{
    AccountView view;
    view.id = saved.id;
    view.number = saved.number;
    if (saved.id) {
        view.users = accounts::list_linked_users(ctx.db(), saved.id);
        view.asks = accounts::list_asks_for(ctx.db(), saved.id, ctx.now());
        view.requests = requests_of(ctx, saved.id);
        view.history = directory_history(ctx, events::Subject::Account, saved.id.value);
    }
    view.page =
        ctx.page(saved.id ? base::Text("Account {number}", {{"number", saved.number}}) : base::Text("New account"),
            web::Place::Accounts);
    view.page.has_fields = true;
    view.form = form_of(saved);
    view.shown = shown_of(saved);
    return view;
}

void fill_in(AccountView& view, const accounts::Account& saved, const web::Fields& draft)
{
    if (draft.empty())
        return;
    const AccountInput input = input_of(saved, draft);
    view.form = input.form;
    view.shown = input.shown;
    view.username = input.username;
    // A new account is on no page yet that one could take for saved.
    view.is_unsaved = static_cast<bool>(saved.id);
}

AccountView refused_account_view(web::Context& ctx, const accounts::Account& saved, const AccountInput& input)
{
    AccountView view = account_view(ctx, saved);
    view.form = input.form;
    view.shown = input.shown;
    view.username = input.username;
    view.errors = input.errors;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

AccountView clashing_account_view(web::Context& ctx, const accounts::Account& saved, const AccountInput& input)
{
    AccountView view = account_view(ctx, saved);
    view.form = input.form;
    view.username = input.username;
    view.clash_by = changed_by(ctx, events::Subject::Account, saved.id.value);
    view.clash = saved_version({saved.number, saved.address, saved.phone});
    view.form.version = saved.version;
    return view;
}

} // namespace pages::desk
