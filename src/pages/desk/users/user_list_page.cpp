#include "pages/desk/users/user_list_page.hpp"

#include "base/error.hpp"
#include "desk/users.html.hpp"
#include "pages/desk/users/user_list_view.hpp"
#include "pages/shared/list_query.hpp"

namespace pages::desk {

namespace {

users::UserFilter read_filter(const http::Request& request)
{
    users::UserFilter filter;
    filter.search = shared::search_in(request);
    if (const auto name = request.query_value("role"); name && !name->empty()) {
        filter.role = base::parse_role(*name);
        if (!filter.role)
            throw base::BadRequest(base::Text("The role in this web address is not one we use."));
    }
    if (const auto state = request.query_value("state"); state && !state->empty()) {
        if (*state != "on" && *state != "off")
            throw base::BadRequest(base::Text("The state in this web address must be on or off."));
        filter.is_active = *state == "on";
    }
    filter.after = shared::position_in<UserId>(request, "after");
    return filter;
}

} // namespace

http::Response list_users(web::Context& ctx)
{
    const users::UserFilter filter = read_filter(ctx.request());
    const UserListView view = user_list_view(ctx, filter, users::list_users(ctx.db(), filter));
    return ctx.render([&](web::Html& out) { views::desk::users(out, view); });
}

} // namespace pages::desk
