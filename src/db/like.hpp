#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace db {

/// Make a LIKE pattern that finds the text anywhere; the statement needs ESCAPE '!'.
std::string like_anywhere(std::string_view text);
/// Make the like_anywhere() patterns of each blank-separated word of the text, folded as search_text columns are; at
/// most `limit`.
std::vector<std::string> like_words(std::string_view text, std::size_t limit = 8);

} // namespace db
