#pragma once
// Counts that are kept, because counting the rows each time would take longer the more there are.

#include "db/connection.hpp"
#include "service_requests/service_request.hpp"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace service_requests {

/// By what an open service request is counted.
struct Counted
{
    ServiceRequestId id;
    RequestTypeId type;
    base::Time submitted_at{};
};
/// Raises (or with a negative number lowers) the stored counts of open service requests: of all, of its type, of its
/// day.
void count_open(db::Transaction& tx, const Counted& counted, std::int64_t difference);
/// The stored count: a sum of 16 rows instead of a walk over every open service request.
std::int64_t stored_open_count(db::Connection& db);
/// Open ones of each type; types without any may be left out.
std::map<RequestTypeId, std::int64_t> stored_open_by_type(db::Connection& db);
/// Open ones submitted at or after `from`: stored sums of whole days, and those of a part of a day.
std::int64_t count_open_since(db::Connection& db, base::Time from);

/// A stored count that is not what counting the rows gives.
struct WrongCount
{
    std::string name;
    std::int64_t stored = 0;
    std::int64_t counted = 0;
};
/// Counts all rows, in one snapshot with the stored counts.
std::vector<WrongCount> recount(db::Connection& db);

/// Ids follow the time of submission but for the clocks of several nodes, and imports. Keep the largest step back.
void note_step_back(db::Transaction& tx, std::chrono::milliseconds step);
/// Find the largest step back in all rows, after many were added with ids or times of their own.
void measure_step_back(db::Transaction& tx);
/// Ids between which all that were submitted at or after `from` and before `until` are; zero for no bound.
struct IdBounds
{
    ServiceRequestId after;
    ServiceRequestId before;
};
IdBounds find_id_bounds(db::Connection& db, std::optional<base::Time> from, std::optional<base::Time> until);

} // namespace service_requests
