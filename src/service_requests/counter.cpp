#include "service_requests/counter.hpp"

#include "service_requests/service_request.hpp"

namespace service_requests {

void count_open(db::Transaction& tx, ServiceRequestId id, std::int64_t difference)
{
    tx.apply(R"(
        INSERT INTO service_counter (name, shard, value) VALUES ('open', $1, $2)
        ON CONFLICT (name, shard) DO UPDATE SET value = service_counter.value + excluded.value)",
        id.value % 16, difference);
}

std::int64_t stored_open_count(db::Connection& db)
{
    return db.query("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM service_counter WHERE name = 'open'")
        .integer();
}

void recount(db::Transaction& tx)
{
    tx.apply("DELETE FROM service_counter WHERE name = 'open'");
    tx.apply(R"(
        INSERT INTO service_counter (name, shard, value)
        SELECT 'open', r.id % 16, COUNT(*) FROM service_servicerequest r WHERE r.status = 'Pending' GROUP BY r.id % 16)");
}

} // namespace service_requests
