#include "queue/export.hpp"

#include "base/text.hpp"
#include "queue/queue_sql.hpp"

namespace queue {

namespace {

constexpr db::Sql columns = R"(
    SELECT r.id, u.username, trim(coalesce(u.first_name, '') || ' ' || coalesce(u.last_name, '')), u.email,
           a.account_number, r.address, t.name, r.status, r.description, r.submitted_at, r.resolved_at, r.updated_at,
           r.public_comments, r.attachments
      FROM service_servicerequest r
      JOIN service_request_type t ON t.id = r.request_type_id
      LEFT JOIN auth_user u ON u.id = r.user_id
      LEFT JOIN service_account a ON a.id = r.account_id
     WHERE )";

std::vector<service_requests::ServiceRequest> matches_after(
    db::Connection& db, search::Filter filter, ServiceRequestId after, std::size_t limit)
{
    filter.sort = search::Sort::Oldest;
    filter.page_size = limit - 1;
    filter.position = {.id = after};
    return list_queue(db, filter);
}

} // namespace

db::Rows export_rows(db::Connection& db, const search::Filter& filter, ServiceRequestId after, std::size_t limit)
{
    db::SqlBuilder sql(columns);
    if (base::trim(filter.search).empty()) {
        sql.add("r.id > ").bind(after.value);
        search::add_row_filters(sql, filter, db.engine());
    } else {
        sql.add("r.id IN (0");
        for (const service_requests::ServiceRequest& match : matches_after(db, filter, after, limit))
            sql.add(", ").bind(match.id.value);
        sql.add(")");
    }
    sql.add(" ORDER BY r.id LIMIT ").bind(limit);
    return db.query(sql);
}

ExportRow export_row(const db::Row& row)
{
    return {.id = row.id<ServiceRequestId>(0),
        .username = row.text(1),
        .full_name = row.text(2),
        .email = row.text(3),
        .account_number = row.text(4),
        .address = row.text(5),
        .request_type = row.text(6),
        .status = row.text(7),
        .description = row.text(8),
        .submitted_at = row.time(9),
        .resolved_at = row.optional_time(10),
        .updated_at = row.time(11),
        .public_comments = row.integer(12),
        .attachments = row.integer(13)};
}

} // namespace queue
