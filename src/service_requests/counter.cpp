#include "service_requests/counter.hpp"

#include <fmt/format.h>

#include <limits>

namespace service_requests {

namespace {

constexpr std::int64_t day_length = 86'400'000;
/// Transactions that overlap and the clocks of nodes differ by less.
constexpr std::chrono::milliseconds usual_step_back = std::chrono::minutes(10);

// As migrations/0025_queue_figures.sql names them.
std::string name_of_day(std::int64_t day)
{
    return fmt::format("open-day-{}", 100'000 + day);
}

std::string name_of_type(RequestTypeId type)
{
    return fmt::format("open-type-{}", type.value);
}

} // namespace

void count_open(db::Transaction& tx, const Counted& counted, std::int64_t difference)
{
    // All first: whoever has that row has no other's type and day of the same shard to wait for. One statement, because
    // each is a round trip.
    tx.apply(R"(
        INSERT INTO service_counter (name, shard, value) VALUES ('open', $1, $2), ($3, $1, $2), ($4, $1, $2)
        ON CONFLICT (name, shard) DO UPDATE SET value = service_counter.value + excluded.value)",
        counted.id.value % 16, difference, name_of_type(counted.type),
        name_of_day(base::to_millis(counted.submitted_at) / day_length));
}

std::int64_t stored_open_count(db::Connection& db)
{
    return db.query("SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM service_counter WHERE name = 'open'")
        .integer();
}

std::map<RequestTypeId, std::int64_t> stored_open_by_type(db::Connection& db)
{
    std::map<RequestTypeId, std::int64_t> counts;
    for (const db::Row row : db.query(R"(
        SELECT CAST(SUBSTR(name, LENGTH('open-type-') + 1) AS BIGINT), CAST(SUM(value) AS BIGINT)
          FROM service_counter WHERE name >= 'open-type-' AND name < 'open-type.' GROUP BY name)"))
        counts[row.id<RequestTypeId>(0)] = row.integer(1);
    return counts;
}

std::int64_t count_open_since(db::Connection& db, base::Time from)
{
    if (from == base::Time{})
        return stored_open_count(db);
    const std::int64_t next_day = base::to_millis(from) / day_length + 1;
    return db
        .query(R"(
        SELECT (SELECT CAST(COALESCE(SUM(value), 0) AS BIGINT) FROM service_counter
                 WHERE name >= $1 AND name < 'open-day.')
             + (SELECT COUNT(*) FROM service_servicerequest
                 WHERE status = 'Pending' AND submitted_at >= $2 AND submitted_at < $3))",
            name_of_day(next_day), from, next_day * day_length)
        .integer();
}

std::vector<WrongCount> recount(db::Connection& db)
{
    return db::map_rows(db.query(R"(
        SELECT name, CAST(SUM(stored) AS BIGINT), CAST(SUM(counted) AS BIGINT)
          FROM (SELECT name, value AS stored, 0 AS counted FROM service_counter WHERE name >= 'open' AND name < 'open.'
                UNION ALL
                SELECT 'open', 0, COUNT(*) FROM service_servicerequest WHERE status = 'Pending'
                UNION ALL
                SELECT 'open-type-' || request_type_id, 0, COUNT(*)
                  FROM service_servicerequest WHERE status = 'Pending' GROUP BY request_type_id
                UNION ALL
                SELECT 'open-day-' || (100000 + submitted_at / 86400000), 0, COUNT(*)
                  FROM service_servicerequest WHERE status = 'Pending' GROUP BY 100000 + submitted_at / 86400000) counts
         GROUP BY name HAVING SUM(stored) <> SUM(counted) ORDER BY name)"),
        [](const db::Row& row) {
            return WrongCount{.name = row.string(0), .stored = row.integer(1), .counted = row.integer(2)};
        });
}

void note_step_back(db::Transaction& tx, std::chrono::milliseconds step)
{
    if (step <= usual_step_back)
        return;
    tx.apply(R"(
        INSERT INTO service_counter (name, shard, value) VALUES ('step-back', 0, $1)
        ON CONFLICT (name, shard) DO UPDATE
           SET value = CASE WHEN excluded.value > service_counter.value THEN excluded.value ELSE service_counter.value END)",
        step.count());
}

void measure_step_back(db::Transaction& tx)
{
    note_step_back(tx, std::chrono::milliseconds(tx.query(R"(
        SELECT COALESCE(MAX(latest - submitted_at), 0)
          FROM (SELECT submitted_at, MAX(submitted_at) OVER (ORDER BY id) AS latest FROM service_servicerequest) steps)")
                                                     .integer()));
}

IdBounds find_id_bounds(db::Connection& db, std::optional<base::Time> from, std::optional<base::Time> until)
{
    if (!from && !until)
        return {};
    const std::int64_t step =
        usual_step_back.count() +
        db.query("SELECT COALESCE((SELECT value FROM service_counter WHERE name = 'step-back' AND shard = 0), 0)")
            .integer();
    // Whatever was submitted that long before has a smaller id than all that are looked for, and later ones a larger.
    const std::int64_t first = from ? base::to_millis(*from) - step : 0;
    const std::int64_t end = until ? base::to_millis(*until) + step : std::numeric_limits<std::int64_t>::max();
    return db
        .query(R"(
        SELECT (SELECT id FROM service_servicerequest WHERE submitted_at < $1
                 ORDER BY submitted_at DESC, id DESC LIMIT 1),
               (SELECT id FROM service_servicerequest WHERE submitted_at >= $2 ORDER BY submitted_at, id LIMIT 1))",
            first, end)
        .first([](const db::Row& row) {
            return IdBounds{row.id<ServiceRequestId>(0), row.id<ServiceRequestId>(1)};
        })
        .value_or(IdBounds{});
}

} // namespace service_requests
