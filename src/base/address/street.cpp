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

constexpr std::size_t most_words = 40;
// The house and the street: "12" alone is no place.
constexpr std::size_t fewest_words = 2;

std::vector<std::string> shortened_words(std::string_view address)
{
    std::vector<std::string> all = words(address, most_words);
    for (std::string& word : all) {
        if (const std::string_view other = other_street_word(word); !other.empty() && other.size() < word.size())
            word = other;
    }
    return all;
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
