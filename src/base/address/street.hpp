#pragma once
// How addresses are written in the United States: "56 N Willow Ln" is "56 North Willow Lane".

#include <string>
#include <string_view>

namespace base {

/// "road" for "rd" and "rd" for "road", of folded words; empty for words that are no kind of street.
std::string_view other_street_word(std::string_view word);
/// "56 n willow ln" for "56 north willow lane.", of a folded text: kinds of streets and directions in their short
/// spelling, without the punctuation behind words. A direction before a kind of street is a name: "12 east st".
std::string shortened_address(std::string_view folded);
/// True when both texts have the same words, however kinds of streets and directions are written.
bool is_same_address(std::string_view one, std::string_view other);
/// True when both texts name the same place: the words of one are all of the other's, or its beginning of at least two
/// words ("12 Elm St" and "12 Elm Street, back door").
bool is_same_place(std::string_view one, std::string_view other);

} // namespace base
