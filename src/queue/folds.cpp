#include "queue/folds.hpp"

#include "service_requests/row.hpp"

#include <algorithm>

namespace queue {

std::optional<ServiceRequestId> find_open_of_sender(db::Connection& db, const Reported& reported)
{
    if (reported.report.sender.empty())
        return std::nullopt;
    // The newest reports of the sender know the first ones of their folds: no walk through all of them.
    struct Earlier
    {
        ServiceRequestId first;
        std::string address_key;
    };
    const auto earlier =
        db::map_rows(db.query(R"(
        SELECT COALESCE(r.folded_into, r.id), r.address_key
          FROM service_leak_report l JOIN service_servicerequest r ON r.id = l.service_request_id
         WHERE l.sender <> '' AND l.sender = $1 AND l.advice_shown_at >= $2 AND r.id <> $3
           AND r.is_emergency = 1 AND r.status = 'Pending' AND r.taken_at IS NULL AND COALESCE(r.user_id, 0) = $4
           AND CASE WHEN l.unable_to_leave = 'yes' THEN 1 ELSE 0 END = $5
         ORDER BY l.advice_shown_at DESC LIMIT $6)",
                         reported.report.sender, reported.since, reported.id.value, reported.user_id.value,
                         reported.report.unable_to_leave == "yes", most_separate),
            [](const db::Row& row) {
                return Earlier{row.id<ServiceRequestId>(0), row.string(1)};
            });
    const auto same_street =
        std::ranges::find(earlier, service_requests::address_key(reported.address), &Earlier::address_key);
    if (same_street != earlier.end())
        return same_street->first;
    return earlier.size() < most_separate ? std::nullopt : std::optional(earlier.front().first);
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

} // namespace queue
