#include "pages/desk/accounts/account_view.hpp"

#include "pages/desk/directory_history.hpp"

#include <utility>

namespace pages::desk {

AccountView account_view(web::Context& ctx, AccountId id, accounts::AccountForm form)
{
    AccountView view;
    view.id = id;
    if (id) {
        view.users = accounts::list_linked_users(ctx.db(), id);
        view.history = directory_history(ctx, events::Subject::Account, id.value);
    }
    view.page = ctx.page(id ? base::Text("Account {number}", {{"number", form.number}}) : base::Text("New account"),
        web::Place::Accounts);
    view.form = std::move(form);
    return view;
}

AccountView refused_account_view(web::Context& ctx, AccountId id, const AccountInput& input)
{
    AccountView view = account_view(ctx, id, input.form);
    view.errors = input.errors;
    view.page.title = web::title_of_refused(std::move(view.page.title));
    return view;
}

AccountView clashing_account_view(web::Context& ctx, const accounts::Account& saved, const AccountInput& input)
{
    AccountView view = account_view(ctx, saved.id, input.form);
    view.clash = saved_version({saved.number, saved.address, saved.phone});
    view.form.version = saved.version;
    return view;
}

} // namespace pages::desk
