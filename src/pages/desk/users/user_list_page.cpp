#include "pages/desk/users/user_list_page.hpp"

#include "base/text.hpp"
#include "desk/users.html.hpp"
#include "pages/desk/users/user_list_view.hpp"
#include "pages/shared/list_query.hpp"

#include <utility>
#include <vector>

namespace pages::desk {

namespace {

/// What no link of ours has is left out, and a note says so.
users::UserFilter read_filter(const http::Request& request, std::vector<base::Text>& notes)
{
    users::UserFilter filter;
    filter.search = shared::search_in(request);
    if (const auto name = request.query_value("role"); name && !name->empty()) {
        filter.role = base::parse_role(base::ascii_lower(*name));
        if (!filter.role)
            notes.push_back(base::Text("The role in this web address is not one we use."));
    }
    if (const auto given = request.query_value("state"); given && !given->empty()) {
        const std::string state = base::ascii_lower(*given);
        if (state == "on" || state == "off")
            filter.is_active = state == "on";
        else
            notes.push_back(base::Text("The state in this web address is not one we use: on or off."));
    }
    filter.after = shared::position_in<UserId>(request, "after", notes);
    return filter;
}

} // namespace

http::Response list_users(web::Context& ctx)
{
    std::vector<base::Text> notes;
    const users::UserFilter filter = read_filter(ctx.request(), notes);
    UserListView view = user_list_view(ctx, filter, users::list_users(ctx.db(), filter));
    view.notes = std::move(notes);
    return ctx.render([&](web::Html& out) { views::desk::users(out, view); });
}

} // namespace pages::desk
