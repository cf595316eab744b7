#include "pages/desk/accounts/account_list_page.hpp"

#include "base/url_encoding.hpp"
#include "desk/accounts.html.hpp"
#include "pages/desk/accounts/views.hpp"
#include "pages/shared/list_query.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>

namespace pages::desk {

http::Response list_accounts(web::Context& ctx)
{
    AccountListView view;
    const accounts::AccountFilter filter{.search = shared::search_in(ctx.request()),
        .after = shared::position_in<AccountId>(ctx.request(), "after", view.notes)};
    view.search = filter.search;
    view.rows = accounts::list_accounts(ctx.db(), filter);
    const std::string query = "?q=" + base::percent_encode(view.search);
    if (view.rows.size() > accounts::page_size) {
        view.rows.resize(accounts::page_size);
        view.next_page = urls::desk_accounts(fmt::format("{}&after={}", query, view.rows.back().id.value));
    }
    if (filter.after)
        view.first_page = urls::desk_accounts(query);
    view.page = ctx.page(base::Text("Accounts"), web::Place::Accounts);
    return ctx.render([&](web::Html& out) { views::desk::accounts(out, view); });
}

} // namespace pages::desk
