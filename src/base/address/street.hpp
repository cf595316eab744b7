#pragma once
// How addresses are written in the United States: "56 Willow Ln" is "56 Willow Lane".

#include <string_view>

namespace base {

/// "road" for "rd" and "rd" for "road", of folded words; empty for words that are no kind of street. Directions (N, S,
/// E, W) stay as they are.
std::string_view other_street_word(std::string_view word);
/// True when both texts name the same place: the words of one are all of the other's, or its beginning of at least two
/// words ("12 Elm St" and "12 Elm Street, back door").
bool is_same_place(std::string_view one, std::string_view other);

} // namespace base
