#include "queue/folds.hpp"

#include "queue/queue_sql.hpp"
#include "service_requests/row.hpp"

#include <algorithm>

namespace queue {

namespace {

// However many reports a sender sends, each one costs no more than this many look-ups.
constexpr std::size_t most_looked_at = 50;

/// The one that leads the fold of an earlier report of the same sender.
struct Leader
{
    ServiceRequestId id;
    std::string address_key;
    /// Nobody is sure whether everyone can leave.
    bool is_unsure = false;
};

/// Those whose answer is not better than that of the report.
std::vector<Leader> list_leaders(db::Connection& db, const Reported& reported)
{
    auto leaders = db::map_rows(db.query(leaders_sql, reported.report.sender, reported.since, reported.id.value,
                                    reported.user_id.value, most_looked_at, reported.report.unable_to_leave == "yes"),
        [](const db::Row& row) {
            return Leader{.id = row.id<ServiceRequestId>(0), .address_key = row.string(1), .is_unsure = row.boolean(2)};
        });
    if (reported.report.unable_to_leave == "unknown")
        std::erase_if(leaders, [](const Leader& leader) { return !leader.is_unsure; });
    return leaders;
}

bool is_flood(const std::vector<Leader>& leaders)
{
    std::set<ServiceRequestId> lines;
    for (const Leader& leader : leaders)
        lines.insert(leader.id);
    return lines.size() >= most_different || leaders.size() >= most_looked_at;
}

} // namespace

std::optional<ServiceRequestId> find_open_of_sender(db::Connection& db, const Reported& reported)
{
    if (reported.report.sender.empty())
        return std::nullopt;
    const auto leaders = list_leaders(db, reported);
    const std::string address_key = service_requests::address_key(reported.address);
    // Each person who can't leave is a line, also at one address.
    const auto same = reported.report.unable_to_leave == "yes" || address_key.empty()
                          ? leaders.end()
                          : std::ranges::find(leaders, address_key, &Leader::address_key);
    if (same != leaders.end())
        return same->id;
    return is_flood(leaders) ? std::optional(leaders.front().id) : std::nullopt;
}

FoldList list_fold(db::Connection& db, ServiceRequestId first)
{
    FoldList fold;
    fold.sender = db.query("SELECT sender FROM service_leak_report WHERE service_request_id = $1", first.value)
                      .first([](const db::Row& row) { return row.string(0); })
                      .value_or("");
    fold.total =
        1 + db.query("SELECT COUNT(*) FROM service_servicerequest WHERE folded_into = $1", first.value).integer();
    if (fold.total == 1)
        return fold;
    db::SqlBuilder sql(service_requests::row_columns);
    sql.add(" FROM service_servicerequest r").add(service_requests::row_joins);
    sql.add(" WHERE r.folded_into = ").bind(first.value).add(" ORDER BY r.id DESC LIMIT ").bind(most_listed_in_fold);
    fold.folded = db::map_rows(db.query(sql), service_requests::service_request_from_row);
    return fold;
}

std::vector<service_requests::ServiceRequest> list_others_at_addresses(
    db::Connection& db, const std::set<std::string>& address_keys, ServiceRequestId first)
{
    db::SqlBuilder sql(service_requests::row_columns);
    sql.add(" FROM service_servicerequest r").add(service_requests::row_joins);
    sql.add(" WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.address_key <> '' AND r.id <> ")
        .bind(first.value);
    sql.add(" AND COALESCE(r.folded_into, 0) <> ").bind(first.value).add(" AND r.address_key IN (''");
    for (const std::string& key : address_keys)
        sql.add(", ").bind(std::string_view(key));
    sql.add(") ORDER BY r.id DESC LIMIT ").bind(most_listed_beside_fold);
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

} // namespace queue
