#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace users {

struct SearchedFields
{
    std::string_view username;
    std::string_view first_name;
    std::string_view last_name;
    std::string_view email;
    std::string_view phone;
};
/// What the staff's search looks at, folded: auth_user.search_text.
std::string search_text(const SearchedFields& fields);
/// Makes search_text anew for up to `limit` users with an id above `after`; returns the last one's, zero after all.
UserId refold_search_texts(db::Transaction& tx, UserId after, std::size_t limit);

} // namespace users
