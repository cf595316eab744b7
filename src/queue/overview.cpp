#include "queue/overview.hpp"

namespace queue {

std::int64_t count_open_between(db::Connection& db, base::Time from, base::Time until)
{
    return db
        .query(R"(SELECT COUNT(*) FROM service_servicerequest
                   WHERE status = 'Pending' AND submitted_at >= $1 AND submitted_at < $2)",
            from, until)
        .integer();
}

std::map<RequestTypeId, std::int64_t> count_open_by_type(db::Connection& db)
{
    std::map<RequestTypeId, std::int64_t> counts;
    for (const db::Row row : db.query("SELECT request_type_id, COUNT(*) FROM service_servicerequest WHERE status = "
                                      "'Pending' GROUP BY request_type_id"))
        counts[row.id<RequestTypeId>(0)] = row.integer(1);
    return counts;
}

} // namespace queue
