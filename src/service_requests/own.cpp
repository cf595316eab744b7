#include "service_requests/row.hpp"
#include "service_requests/service_request.hpp"

#include <algorithm>

namespace service_requests {

std::vector<ServiceRequest> list_own_service_requests(db::Connection& db, UserId user, const OwnFilter& filter)
{
    db::SqlBuilder sql(row_columns);
    sql.add(" FROM service_servicerequest r").add(row_joins).add(" WHERE r.user_id = ").bind(user.value);
    if (filter.status) {
        // The concatenation keeps the planner on the index of this customer's rows, which is in the order asked for.
        sql.add(" AND r.status || '' = ").bind(status_name(*filter.status));
    }
    if (filter.type_id) {
        sql.add(" AND r.request_type_id + 0 = ").bind(filter.type_id);
    }
    if (filter.before) {
        sql.add(" AND r.id < ").bind(filter.before);
    }
    if (filter.after) {
        sql.add(" AND r.id > ").bind(filter.after).add(" ORDER BY r.id LIMIT ").bind(page_size + 1);
    } else {
        sql.add(" ORDER BY r.id DESC LIMIT ").bind(page_size + 1);
    }
    auto rows = db::map_rows(db.query(sql), service_request_for_customer);
    if (filter.after) {
        std::reverse(rows.begin(), rows.end());
    }
    return rows;
}

OwnCounts count_own_service_requests(db::Connection& db, UserId user)
{
    auto counts = db.query(R"(
        SELECT CAST(COALESCE(SUM(CASE WHEN status = 'Pending' THEN 1 ELSE 0 END), 0) AS BIGINT), COUNT(*)
          FROM service_servicerequest WHERE user_id = $1)",
                        user.value)
                      .first([](const db::Row& row) {
                          return OwnCounts{.pending = row.integer(0), .resolved = row.integer(1) - row.integer(0)};
                      });
    return counts.value_or(OwnCounts{});
}

} // namespace service_requests
