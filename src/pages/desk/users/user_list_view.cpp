#include "pages/desk/users/user_list_view.hpp"

#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "pages/shared/urls.hpp"
#include "users/wrong_passwords.hpp"

#include <fmt/format.h>

#include <map>

namespace pages::desk {

namespace {

constexpr std::int64_t few_wrong = 5;

/// The number of wrong passwords of those where it is worth a look in a list.
std::map<UserId, std::int64_t> many_wrong(db::Connection& db, const std::vector<users::User>& listed)
{
    std::vector<UserId> ids;
    for (const users::User& user : listed)
        ids.push_back(user.id);
    std::map<UserId, std::int64_t> many;
    for (const auto& [user, wrong] : users::list_wrong_passwords(db, ids)) {
        if (wrong.times >= few_wrong)
            many.emplace(user, wrong.times);
    }
    return many;
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
    const auto wrong = many_wrong(ctx.db(), found);
    for (const users::User& user : found)
        view.rows.push_back({.id = user.id,
            .full_name = user.full_name(),
            .initials = base::initials(user.full_name()),
            .username = user.username,
            .email = user.email,
            .role = user.role,
            .is_active = user.is_active,
            .wrong_passwords = wrong.contains(user.id) ? wrong.at(user.id) : 0,
            .last_sign_in = user.last_login ? ctx.dates().friendly(*user.last_login) : "",
            .last_sign_in_exact = user.last_login ? ctx.dates().exact(*user.last_login) : ""});
    view.page = ctx.page(base::Text("Users"), web::Place::Users);
    return view;
}

} // namespace pages::desk
