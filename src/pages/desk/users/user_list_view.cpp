#include "pages/desk/users/user_list_view.hpp"

#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "pages/shared/urls.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

constexpr std::int64_t few_wrong = 5;

/// Their number when it is worth a look in a list.
std::int64_t many_wrong(const users::User& user)
{
    return user.wrong_passwords < few_wrong ? 0 : user.wrong_passwords;
}

} // namespace

UserListView user_list_view(web::Context& ctx, const users::UserFilter& filter, std::vector<users::User> found)
{
    UserListView view;
    view.search = filter.search;
    view.role = filter.role ? base::role_name(*filter.role) : "";
    view.state = !filter.is_active ? "" : *filter.is_active ? "on" : "off";
    const std::string query =
        fmt::format("?q={}&role={}&state={}", base::percent_encode(view.search), view.role, view.state);
    if (found.size() > users::page_size) {
        found.resize(users::page_size);
        view.next_page = urls::desk_users(fmt::format("{}&after={}", query, found.back().id.value));
    }
    if (filter.after)
        view.first_page = urls::desk_users(query);
    for (const users::User& user : found)
        view.rows.push_back({.id = user.id,
            .full_name = user.full_name(),
            .initials = base::initials(user.full_name()),
            .username = user.username,
            .email = user.email,
            .role = user.role,
            .is_active = user.is_active,
            .wrong_passwords = many_wrong(user),
            .last_sign_in = user.last_login ? ctx.dates().friendly(*user.last_login) : "",
            .last_sign_in_exact = user.last_login ? ctx.dates().exact(*user.last_login) : ""});
    view.page = ctx.page(base::Text("Users"), web::Place::Users);
    return view;
}

} // namespace pages::desk
