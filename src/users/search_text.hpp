#pragma once

#include <string>
#include <string_view>

namespace users {

/// What the staff's search looks at, folded: auth_user.search_text.
std::string search_text(
    std::string_view username, std::string_view first_name, std::string_view last_name, std::string_view email);

} // namespace users
