#include "service_requests/service_request.hpp"

#include "service_requests/row.hpp"

#include <algorithm>

namespace service_requests {

namespace {

/// Back and Send repeats one of the last ones. Each is read while all other writers wait.
constexpr std::size_t most_compared = 5;

/// A customer's list shows less than the staff's: no customer, no internal counts, the beginning of the description.
constexpr db::Sql own_columns = R"(
    SELECT r.id, r.user_id, r.request_type_id, substr(r.description, 1, 400), r.status, r.submitted_at, r.resolved_at,
           r.is_emergency, r.public_comments, r.taken_at, r.channel
      FROM service_servicerequest r
     WHERE r.user_id = )";

ServiceRequest own_from_row(const db::Row& row)
{
    ServiceRequest request;
    request.id = row.id<ServiceRequestId>(0);
    request.user_id = row.id<UserId>(1);
    request.type_id = row.id<RequestTypeId>(2);
    request.description = row.string(3);
    request.status = row.text(4) == status_name(Status::Pending) ? Status::Pending : Status::Resolved;
    request.submitted_at = row.time(5);
    request.resolved_at = row.optional_time(6);
    request.is_emergency = row.boolean(7);
    request.public_comments = row.integer(8);
    request.taken_at = row.optional_time(9);
    request.channel = parse_channel(row.text(10)).value_or(Channel::Web);
    return request;
}

/// Say of which types they are. The types are few: read once, not joined to each row.
void add_types(db::Connection& db, std::vector<ServiceRequest>& requests)
{
    for (const db::Row type : db.query("SELECT id, slug, name, icon FROM service_request_type")) {
        const auto id = type.id<RequestTypeId>(0);
        for (ServiceRequest& request : requests) {
            if (request.type_id != id)
                continue;
            request.type_slug = type.string(1);
            request.type_name = type.string(2);
            request.type_icon = type.string(3);
        }
    }
}

/// Say whose answers wait in `newest_first`. One query, because few rows of few lists have any.
void add_unread_answers(db::Connection& db, UserId user, std::vector<ServiceRequest>& newest_first)
{
    if (newest_first.empty())
        return;
    db::Rows answers = db.query(R"(
        SELECT n.service_request_id, COALESCE(NULLIF(a.first_name, ''), a.username)
          FROM service_notification n JOIN auth_user a ON a.id = n.actor_id
         WHERE n.user_id = $1 AND n.is_read = 0 AND n.kind = 'replied' AND n.service_request_id BETWEEN $2 AND $3
         ORDER BY n.created_at)",
        user, newest_first.back().id, newest_first.front().id);
    for (const db::Row answer : answers) {
        const auto found = std::ranges::find(newest_first, answer.id<ServiceRequestId>(0), &ServiceRequest::id);
        if (found != newest_first.end())
            found->unread_answer_by = answer.string(1);
    }
}

} // namespace

std::vector<ServiceRequest> list_own_service_requests(db::Connection& db, UserId user, const OwnFilter& filter)
{
    db::SqlBuilder sql(own_columns);
    sql.bind(user.value);
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
    auto rows = db::map_rows(db.query(sql), own_from_row);
    if (filter.after) {
        std::reverse(rows.begin(), rows.end());
    }
    add_types(db, rows);
    add_unread_answers(db, user, rows);
    return rows;
}

std::optional<SameRequest> find_same(db::Connection& db, const NewServiceRequest& request, base::Time since)
{
    std::optional<SameRequest> same;
    for (const db::Row row : db.query(R"(
        SELECT id, submitted_at, request_type_id, address, description FROM service_servicerequest
         WHERE user_id = $1 ORDER BY id DESC LIMIT $2)",
             request.user_id, most_compared)) {
        const bool is_same = row.time(1) > since && row.id<RequestTypeId>(2) == request.type_id &&
                             row.text(3) == request.address && row.text(4) == request.description;
        if (is_same && !same)
            same = SameRequest{.id = row.id<ServiceRequestId>(0), .submitted_at = row.time(1)};
    }
    return same;
}

OwnCounts count_own_service_requests(db::Connection& db, UserId user, RequestTypeId type)
{
    // Of all types the index answers alone.
    const auto counts = type ? db.query(R"(
        SELECT COUNT(*) FILTER (WHERE status = 'Pending'), COUNT(*)
          FROM service_servicerequest WHERE user_id = $1 AND request_type_id + 0 = $2)",
                                     user, type)
                                   .first(own_counts_from_row)
                             : db.query(R"(
        SELECT COUNT(*) FILTER (WHERE status = 'Pending'), COUNT(*)
          FROM service_servicerequest WHERE user_id = $1)",
                                     user)
                                   .first(own_counts_from_row);
    return counts.value_or(OwnCounts{});
}

} // namespace service_requests
