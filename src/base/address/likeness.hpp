#pragma once
// Addresses as people type them, in their parts: most leave out the town, and some the apartment.

#include <string_view>

namespace base {

/// True when both may name the same place: the same house number and street, and neither town, state, ZIP code nor
/// apartment is given in both and differs ("12 Elm St" and "12 Elm Street, Aldermere, NY 12999").
bool is_perhaps_same_place(std::string_view one, std::string_view other);
/// "12 " of "12 elm st aldermere", of a shortened address: with what those that are perhaps the same place begin; empty
/// without a house number.
std::string_view house_of(std::string_view shortened_address);

} // namespace base
