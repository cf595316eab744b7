#pragma once
// Where a page or a row is in a list: how many there are, and what comes before and after.

#include "search/filter.hpp"
#include "service_requests/service_request.hpp"

#include <optional>
#include <vector>

namespace queue {

/// The position right after this row.
search::Filter::Position position_after(search::Sort sort, const service_requests::ServiceRequest& request);

/// Those before the filter's position, the nearest first, `limit` at most. Nothing without a position, and nothing for
/// a search sorted by update, which no index walks backwards.
std::vector<service_requests::ServiceRequest> list_before(
    db::Connection& db, const search::Filter& filter, std::size_t limit);

/// How many fit a filter, and how many of them are before its position. Counting stops after most_counted.
struct Found
{
    std::int64_t total = 0;
    std::int64_t before = 0;
};
inline constexpr std::int64_t most_counted = 1000;
/// Nothing for a search, whose matches are not counted.
std::optional<Found> count_found(db::Connection& db, const search::Filter& filter);

} // namespace queue
