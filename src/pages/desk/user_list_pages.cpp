#include "base/error.hpp"
#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "desk/users.html.hpp"
#include "pages/desk/directory_views.hpp"
#include "pages/desk/user_pages.hpp"

#include <fmt/format.h>

namespace pages::desk {

namespace {

users::UserFilter read_filter(const http::Request& request)
{
    users::UserFilter filter;
    filter.search = base::first_code_points(base::trim(request.query_value("q").value_or("")), 200);
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
    if (const auto after = request.query_value("after")) {
        const auto number = base::parse_integer(*after);
        if (!number)
            throw base::BadRequest(base::Text("The position in this web address is not one we use."));
        filter.after = UserId{*number};
    }
    return filter;
}

std::string address_of(const UserListView& view, std::string_view after)
{
    std::string address =
        fmt::format("/admin/users/?q={}&role={}&state={}", base::percent_encode(view.search), view.role, view.state);
    return after.empty() ? address : fmt::format("{}&after={}", address, after);
}

} // namespace

http::Response list_users(web::Context& ctx)
{
    const users::UserFilter filter = read_filter(ctx.request());
    UserListView view;
    view.search = filter.search;
    view.role = filter.role ? base::role_name(*filter.role) : "";
    view.state = !filter.is_active ? "" : *filter.is_active ? "on" : "off";
    auto found = users::list_users(ctx.db(), filter);
    if (found.size() > users::page_size) {
        found.resize(users::page_size);
        view.next_page = address_of(view, std::to_string(found.back().id.value));
    }
    if (filter.after)
        view.first_page = address_of(view, {});
    for (const users::User& user : found)
        view.rows.push_back({.id = user.id,
            .full_name = user.full_name(),
            .initials = base::initials(user.full_name()),
            .username = user.username,
            .email = user.email,
            .role = user.role,
            .is_active = user.is_active,
            .is_locked = user.is_locked(ctx.now()),
            .last_sign_in = user.last_login ? ctx.dates().friendly(*user.last_login) : ""});
    view.page = ctx.page(base::Text("Users"), web::Place::Users);
    return ctx.render([&](web::Html& out) { views::desk::users(out, view); });
}

} // namespace pages::desk
