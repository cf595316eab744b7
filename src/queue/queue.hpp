#pragma once

#include "queue/emergencies.hpp"
#include "search/filter.hpp"
#include "service_requests/service_request.hpp"

#include <span>

namespace queue {

/// One page (page_size + 1 rows at most, the last tells that there is another) in the filter's order.
std::vector<service_requests::ServiceRequest> list_queue(db::Connection& db, const search::Filter& filter);
/// Those of these (a few) that fit the filter (order, position and page size aside), newest first.
std::vector<service_requests::ServiceRequest> list_matching(
    db::Connection& db, const search::Filter& filter, std::span<const ServiceRequestId> ids);
/// True when the row fits the filter (order, position and page size aside); the live queue asks it.
bool matches(db::Connection& db, const search::Filter& filter, ServiceRequestId id);

struct QueueCounts
{
    std::int64_t open = 0;
    EmergencyCounts emergencies;
    std::int64_t resolved_today = 0;
};
/// Counts shown in the side bar; `today` is when the site's day began.
QueueCounts count_queue(db::Connection& db, base::Time today);

} // namespace queue
