#include "base/address/likeness.hpp"

#include "base/address/street.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace base {

namespace {

constexpr std::size_t most_words = 64;
constexpr std::size_t zip_digits = 5;

constexpr auto states = std::to_array<std::string_view>(
    {"al", "ak", "az", "ar", "ca", "co", "ct", "dc", "de", "fl", "ga", "hi", "ia", "id", "il", "in", "ks", "ky", "la",
        "ma", "md", "me", "mi", "mn", "mo", "ms", "mt", "nc", "nd", "ne", "nh", "nj", "nm", "nv", "ny", "oh", "ok",
        "or", "pa", "ri", "sc", "sd", "tn", "tx", "ut", "va", "vt", "wa", "wi", "wv", "wy"});
constexpr auto unit_words = std::to_array<std::string_view>({"apt", "apartment", "unit", "suite", "ste"});
/// Where in the house it is: no town.
constexpr auto house_words = std::to_array<std::string_view>({"floor", "fl", "door", "basement", "cellar", "rear",
    "back", "front", "upstairs", "downstairs", "lobby", "room", "garage", "yard"});

bool is_one_of(const auto& known, std::string_view word)
{
    return std::ranges::find(known, word) != known.end();
}

bool is_number(std::string_view word)
{
    return !word.empty() && std::ranges::all_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_direction(std::string_view word)
{
    return is_one_of(std::to_array<std::string_view>({"e", "n", "ne", "nw", "s", "se", "sw", "w"}), word);
}

bool is_kind_of_street(std::string_view word)
{
    return word != "apt" && word != "apartment" && !other_street_word(word).empty();
}

struct Parts
{
    /// The house number and the street.
    std::string street;
    std::string unit;
    std::string town;
    std::string state;
    std::string zip;
};

void append(std::string& words, std::string_view word)
{
    words += words.empty() ? "" : " ";
    words += word;
}

std::vector<std::string> words_of(std::string_view part)
{
    return words(shortened_address(fold(part)), most_words);
}

/// The rest of the first part behind the street, or a further part: an apartment, a place in the house, or town, state
/// and ZIP code.
void read_rest(Parts& parts, const std::vector<std::string>& all, std::size_t from)
{
    const bool is_in_house = std::any_of(all.begin() + static_cast<std::ptrdiff_t>(from), all.end(),
        [](const std::string& word) { return is_one_of(house_words, word); });
    for (std::size_t i = from; i < all.size(); ++i) {
        const std::string& word = all[i];
        if (is_one_of(unit_words, word) && i + 1 < all.size())
            parts.unit = all[++i];
        else if (is_in_house)
            continue;
        else if (is_number(word) && word.size() == zip_digits)
            parts.zip = word;
        else if (is_one_of(states, word) && (i + 1 == all.size() || is_number(all[i + 1])))
            parts.state = word;
        else if (!is_number(word))
            append(parts.town, word);
    }
}

/// Where the street ends: behind its kind and a direction after that, before an apartment, or with its part.
std::size_t end_of_street(const std::vector<std::string>& all)
{
    for (std::size_t i = 1; i < all.size(); ++i) {
        if (is_one_of(unit_words, all[i]))
            return i;
        const bool ends = i > 1 && is_kind_of_street(all[i]) && !(i + 1 < all.size() && is_kind_of_street(all[i + 1]));
        if (ends)
            return i + 1 < all.size() && is_direction(all[i + 1]) ? i + 2 : i + 1;
    }
    return all.size();
}

Parts parts_of(std::string_view address)
{
    Parts parts;
    // What we add in brackets is another address.
    address = address.substr(0, address.find('('));
    const std::size_t comma = std::min(address.find(','), address.size());
    const std::vector<std::string> first = words_of(address.substr(0, comma));
    const std::size_t end = end_of_street(first);
    for (std::size_t i = 0; i < end; ++i)
        append(parts.street, first[i]);
    read_rest(parts, first, end);
    address.remove_prefix(std::min(comma + 1, address.size()));
    while (!address.empty()) {
        const std::size_t next = std::min(address.find(','), address.size());
        read_rest(parts, words_of(address.substr(0, next)), 0);
        address.remove_prefix(std::min(next + 1, address.size()));
    }
    return parts;
}

bool fits(std::string_view one, std::string_view other)
{
    return one.empty() || other.empty() || one == other;
}

} // namespace

std::string_view house_of(std::string_view shortened_address)
{
    const std::size_t end = shortened_address.find(' ');
    const bool has_number =
        !shortened_address.empty() && shortened_address.front() >= '0' && shortened_address.front() <= '9';
    return end == std::string_view::npos || !has_number ? std::string_view() : shortened_address.substr(0, end + 1);
}

bool is_perhaps_same_place(std::string_view one, std::string_view other)
{
    const Parts left = parts_of(one);
    const Parts right = parts_of(other);
    return !house_of(left.street).empty() && left.street == right.street && fits(left.unit, right.unit) &&
           fits(left.town, right.town) && fits(left.state, right.state) && fits(left.zip, right.zip);
}

} // namespace base
