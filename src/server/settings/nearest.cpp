#include "server/settings/nearest.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace server {

namespace {

/// Levenshtein's distance: letters to add, remove or replace.
std::size_t distance_between(std::string_view from, std::string_view to)
{
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = diagonal + (from[i] == to[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, diagonal + 1, row[j] + 1});
        }
    }
    return row.back();
}

} // namespace

std::string nearest_name(std::string_view typed, std::span<const std::string> candidates)
{
    // Beyond a third of its letters the typed name means something else.
    std::size_t least = typed.size() / 3 + 1;
    std::string nearest;
    for (const std::string& candidate : candidates) {
        const std::size_t distance = distance_between(typed, candidate);
        if (distance < least) {
            least = distance;
            nearest = candidate;
        }
    }
    return nearest;
}

} // namespace server
