#pragma once
// Fields that the URLs of several lists carry.

#include "base/text.hpp"
#include "base/translatable.hpp"
#include "http/request.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace pages::shared {

/// A longer search is cut.
inline constexpr std::size_t longest_list_search = 200;

/// The search words in "q", trimmed.
inline std::string search_in(const http::Request& request)
{
    return std::string(base::first_code_points(base::trim(request.query_value("q").value_or("")), longest_list_search));
}

/// The id at which a page of the list begins; zero when the URL names none, or none of ours, which a note says.
template <typename IdType>
IdType position_in(const http::Request& request, std::string_view field, std::vector<base::Text>& notes)
{
    const auto value = request.query_value(field);
    if (!value || value->empty())
        return {};
    const auto number = base::parse_integer(*value);
    if (!number)
        notes.push_back(base::Text("The position in this web address is not one we use: this is the first page."));
    return IdType{number.value_or(0)};
}

} // namespace pages::shared
