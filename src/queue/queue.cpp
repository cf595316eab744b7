#include "queue/queue.hpp"

#include "base/text.hpp"
#include "search/search.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/row.hpp"

namespace queue {

namespace {

bool is_searching(const search::Filter& filter)
{
    return !base::trim(filter.search).empty();
}

} // namespace

std::vector<service_requests::ServiceRequest> list_queue(db::Connection& db, const search::Filter& filter)
{
    if (is_searching(filter)) {
        return list_matches(db, filter);
    }
    db::SqlBuilder sql;
    search::add_browse_sql(sql, filter, db.engine());
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

bool matches(db::Connection& db, const search::Filter& filter, ServiceRequestId id)
{
    search::Filter one = filter;
    one.only = id;
    one.sort = search::Sort::Newest;
    one.position.reset();
    one.page_size = 0;
    return !list_queue(db, one).empty();
}

QueueCounts count_queue(db::Connection& db, base::Time today)
{
    return {.open = service_requests::stored_open_count(db),
        .emergencies = count_emergencies(db),
        .resolved_today =
            db.query("SELECT COUNT(*) FROM service_servicerequest WHERE resolved_at >= $1", today).integer()};
}

} // namespace queue
