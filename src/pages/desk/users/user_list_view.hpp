#pragma once

#include "pages/desk/users/views.hpp"
#include "web/context.hpp"

#include <vector>

namespace pages::desk {

/// One page of the list: the filter, a row for each user found, and the links to the first and the next page.
UserListView user_list_view(web::Context& ctx, const users::UserFilter& filter, std::vector<users::User> found);

} // namespace pages::desk
