#include "service_requests/counter.hpp"

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

} // namespace service_requests
