#include "base/address/street.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace base {

namespace {

constexpr auto street_words =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"aly", "alley"}, {"apt", "apartment"},
        {"ave", "avenue"}, {"blvd", "boulevard"}, {"ct", "court"}, {"dr", "drive"}, {"hwy", "highway"}, {"ln", "lane"},
        {"pkwy", "parkway"}, {"pl", "place"}, {"rd", "road"}, {"st", "street"}, {"ter", "terrace"}});

constexpr auto direction_words =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"e", "east"}, {"n", "north"}, {"ne", "northeast"},
        {"nw", "northwest"}, {"s", "south"}, {"se", "southeast"}, {"sw", "southwest"}, {"w", "west"}});

constexpr std::size_t most_words = 64;
// The house and the street: "12" alone is no place.
constexpr std::size_t fewest_words = 2;

bool is_kind_of_street(std::string_view word)
{
    return word != "apt" && word != "apartment" && !other_street_word(word).empty();
}

/// "n" for "north" and "st" for "street". A direction that a kind of street follows is the street's own name: "E
/// Street" and "East Street" are two streets in the towns that have both, and a leak at one must not be taken for the
/// other's.
std::vector<std::string> shortened(std::vector<std::string> all)
{
    for (std::size_t i = 0; i < all.size(); ++i) {
        const bool is_name = i + 1 < all.size() && is_kind_of_street(all[i + 1]);
        const auto* const direction =
            std::ranges::find(direction_words, all[i], [](const auto& pair) { return pair.second; });
        if (direction != direction_words.end() && !is_name)
            all[i] = direction->first;
        else if (const std::string_view other = other_street_word(all[i]);
                 !other.empty() && other.size() < all[i].size())
            all[i] = other;
    }
    return all;
}

std::vector<std::string> shortened_words(std::string_view address)
{
    return shortened(words(address, most_words));
}

} // namespace

std::string_view other_street_word(std::string_view word)
{
    for (const auto& [shortened, whole] : street_words) {
        if (word == shortened)
            return whole;
        if (word == whole)
            return shortened;
    }
    return {};
}

std::string shortened_address(std::string_view folded)
{
    std::vector<std::string> all;
    while (!folded.empty()) {
        const std::size_t end = std::min(folded.find(' '), folded.size());
        const std::string_view word = folded.substr(0, end);
        if (const std::size_t last = word.find_last_not_of(".,;"); last != std::string_view::npos)
            all.emplace_back(word.substr(0, last + 1));
        folded.remove_prefix(std::min(end + 1, folded.size()));
    }
    std::string address;
    for (const std::string& word : shortened(std::move(all)))
        address += (address.empty() ? "" : " ") + word;
    return address;
}

bool is_same_address(std::string_view one, std::string_view other)
{
    return shortened_words(one) == shortened_words(other);
}

bool is_same_place(std::string_view one, std::string_view other)
{
    auto shorter = shortened_words(one);
    auto longer = shortened_words(other);
    if (shorter.size() > longer.size())
        std::swap(shorter, longer);
    if (shorter.size() < fewest_words && shorter.size() != longer.size())
        return false;
    return !shorter.empty() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

} // namespace base
