#include "queue/folds.hpp"

#include "base/phone/phone.hpp"
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
    std::string phone;
    bool has_details = false;
};

std::vector<Leader> list_leaders(db::Connection& db, const Reported& reported)
{
    return db::map_rows(db.query(leaders_sql, reported.report.sender, reported.since, reported.id.value,
                            reported.user_id.value, most_looked_at, reported.report.unable_to_leave == "yes"),
        [](const db::Row& row) {
            return Leader{.id = row.id<ServiceRequestId>(0),
                .address_key = row.string(1),
                .phone = base::normal_phone(row.text(2)),
                .has_details = row.boolean(3)};
        });
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
    if (reported.report.unable_to_leave == "yes")
        return is_flood(leaders) ? std::optional(leaders.front().id) : std::nullopt;
    const std::string address_key = service_requests::address_key(reported.address);
    const std::string phone = base::normal_phone(reported.phone);
    const auto same = std::ranges::find_if(leaders, [&](const Leader& leader) {
        return (!address_key.empty() && leader.address_key == address_key) || (!phone.empty() && leader.phone == phone);
    });
    if (same != leaders.end())
        return same->id;
    if (is_flood(leaders))
        return leaders.front().id;
    if (reported.has_details ||
        std::ranges::count(leaders, false, &Leader::has_details) < static_cast<std::ptrdiff_t>(most_separate))
        return std::nullopt;
    return std::ranges::find(leaders, false, &Leader::has_details)->id;
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
