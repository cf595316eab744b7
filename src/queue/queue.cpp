#include "queue/queue.hpp"

#include "search/search.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/row.hpp"

#include <array>

namespace queue {

std::vector<service_requests::ServiceRequest> list_queue(db::Connection& db, const search::Filter& filter)
{
    if (search::is_searching(filter)) {
        return search::list_matches(db, filter);
    }
    db::SqlBuilder sql;
    search::add_browse_sql(sql, filter, db.engine());
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

std::vector<service_requests::ServiceRequest> list_matching(
    db::Connection& db, const search::Filter& filter, std::span<const ServiceRequestId> ids)
{
    if (ids.empty()) {
        return {};
    }
    search::Filter those = filter;
    those.only.assign(ids.begin(), ids.end());
    those.sort = search::Sort::Newest;
    those.position.reset();
    those.page_size = ids.size();
    return list_queue(db, those);
}

bool matches(db::Connection& db, const search::Filter& filter, ServiceRequestId id)
{
    const std::array ids{id};
    return !list_matching(db, filter, ids).empty();
}

QueueCounts count_queue(db::Connection& db, base::Time today)
{
    return {.open = service_requests::stored_open_count(db),
        .emergencies = count_emergencies(db),
        .resolved_today =
            db.query("SELECT COUNT(*) FROM service_servicerequest WHERE resolved_at >= $1", today).integer()};
}

} // namespace queue
