#include "service_requests/queue.hpp"

#include "base/text.hpp"
#include "service_requests/counter.hpp"
#include "service_requests/queue_sql.hpp"
#include "service_requests/row.hpp"
#include "service_requests/search.hpp"

namespace service_requests {

namespace {

bool is_searching(const QueueFilter& filter)
{
    return !base::trim(filter.search).empty();
}

} // namespace

std::vector<ServiceRequest> list_queue(db::Connection& db, const QueueFilter& filter)
{
    if (is_searching(filter)) {
        return list_matches(db, filter);
    }
    db::SqlBuilder sql;
    add_browse_sql(sql, filter, db.engine());
    return db::map_rows(db.query(sql), service_request_from_row);
}

std::vector<ServiceRequest> list_open_emergencies(db::Connection& db, std::size_t limit)
{
    db::SqlBuilder sql;
    add_open_emergencies_sql(sql, limit);
    return db::map_rows(db.query(sql), service_request_from_row);
}

std::int64_t count_open_emergencies(db::Connection& db)
{
    return db.query("SELECT COUNT(*) FROM service_servicerequest WHERE is_emergency = 1 AND status = 'Pending'")
        .integer();
}

bool matches(db::Connection& db, const QueueFilter& filter, ServiceRequestId id)
{
    QueueFilter one = filter;
    one.only = id;
    one.sort = QueueSort::Newest;
    one.position.reset();
    one.page_size = 0;
    return !list_queue(db, one).empty();
}

QueueCounts count_queue(db::Connection& db, base::Time today)
{
    return {.open = stored_open_count(db),
        .open_emergencies = count_open_emergencies(db),
        .resolved_today =
            db.query("SELECT COUNT(*) FROM service_servicerequest WHERE resolved_at >= $1", today).integer()};
}

} // namespace service_requests
