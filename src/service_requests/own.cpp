#include "service_requests/service_request.hpp"

#include "base/text.hpp"
#include "service_requests/row.hpp"

#include <algorithm>

namespace service_requests {

namespace {

/// Back and Send repeats one of the last ones. Each is read while all other writers wait.
constexpr std::size_t most_compared = 5;

/// A customer's list shows less than the staff's: no customer's contact, no internal counts, the beginning of the
/// description.
constexpr db::Sql row_columns_of_list = R"(
           r.id, r.user_id, r.request_type_id, substr(r.description, 1, 400), r.status, r.submitted_at, r.resolved_at,
           r.is_emergency, r.public_comments, r.taken_at, r.channel)";
constexpr db::Sql account_columns = ", COALESCE(a.address, ''), r.version";
constexpr db::Sql list_joins = " LEFT JOIN service_account a ON a.id = r.account_id";

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
    request.account_address = row.string(11);
    request.version = row.integer(12);
    if (!row.text(15).empty())
        request.customer_name = base::full_name(row.text(13), row.text(14), row.text(15));
    return request;
}

/// Appends what the filter asks for, and the order of its direction.
void add_filter(db::SqlBuilder& sql, const OwnFilter& filter)
{
    if (filter.status) {
        // The concatenation keeps the planner on the index of this customer's rows, which is in the order asked for.
        sql.add(" AND r.status || '' = ").bind(status_name(*filter.status));
    }
    if (filter.type_id)
        sql.add(" AND r.request_type_id + 0 = ").bind(filter.type_id);
    if (filter.before)
        sql.add(" AND r.id < ").bind(filter.before);
    if (filter.after)
        sql.add(" AND r.id > ").bind(filter.after);
    sql.add(filter.after ? db::Sql(" ORDER BY r.id LIMIT ") : db::Sql(" ORDER BY r.id DESC LIMIT "));
    sql.bind(page_size + 1);
}

/// The rows of somebody whose list names neither accounts nor other people.
void add_plain_list_sql(db::SqlBuilder& sql, UserId user, const OwnFilter& filter)
{
    sql.add("SELECT ").add(row_columns_of_list).add(", '', r.version, '', '', '' FROM service_servicerequest r");
    sql.add(" WHERE r.user_id = ").bind(user.value);
    add_filter(sql, filter);
}

/// Own ones and those of others, each by their indexes and no more than the page shows.
void add_list_sql(db::SqlBuilder& sql, UserId user, const OwnFilter& filter)
{
    sql.add("SELECT * FROM (SELECT ")
        .add(row_columns_of_list)
        .add(account_columns)
        .add(", '' AS first, '' AS last, '' AS name");
    sql.add(" FROM service_servicerequest r").add(list_joins).add(" WHERE r.user_id = ").bind(user.value);
    add_filter(sql, filter);
    sql.add(") own UNION ALL SELECT * FROM (SELECT ")
        .add(row_columns_of_list)
        .add(account_columns)
        .add(", u.first_name, u.last_name, u.username");
    sql.add(" FROM service_household_request h JOIN service_servicerequest r ON r.id = h.service_request_id");
    sql.add(list_joins).add(" JOIN auth_user u ON u.id = r.user_id WHERE h.user_id = ").bind(user.value);
    add_filter(sql, filter);
    sql.add(filter.after ? db::Sql(") others ORDER BY 1 LIMIT ") : db::Sql(") others ORDER BY 1 DESC LIMIT "));
    sql.bind(page_size + 1);
}

} // namespace

Reach find_reach(db::Connection& db, UserId user)
{
    return db
        .query(R"(
        SELECT COUNT(*), COALESCE(SUM(CASE WHEN EXISTS (
                   SELECT 1 FROM service_account_user s
                    WHERE s.account_id = m.account_id AND s.user_id <> m.user_id AND s.shares = 1)
                                           THEN 1 ELSE 0 END), 0)
          FROM service_account_user m JOIN service_account a ON a.id = m.account_id
         WHERE m.user_id = $1 AND a.is_active = 1)",
            user)
        .first([](const db::Row& row) {
            return Reach{.has_others = row.integer(1) > 0, .has_accounts = row.integer(0) > 1};
        })
        .value_or(Reach{});
}

std::vector<ServiceRequest> list_visible_service_requests(
    db::Connection& db, UserId user, const Reach& reach, const OwnFilter& filter)
{
    db::SqlBuilder sql;
    if (reach.has_others || reach.has_accounts)
        add_list_sql(sql, user, filter);
    else
        add_plain_list_sql(sql, user, filter);
    auto rows = db::map_rows(db.query(sql), own_from_row);
    if (filter.after)
        std::reverse(rows.begin(), rows.end());
    return rows;
}

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

OwnCounts count_visible_service_requests(db::Connection& db, UserId user, const Reach& reach, RequestTypeId type)
{
    const OwnCounts own = count_own_service_requests(db, user, type);
    if (!reach.has_others)
        return own;
    const OwnCounts others = db.query(R"(
        SELECT COUNT(*) FILTER (WHERE r.status = 'Pending'), COUNT(*)
          FROM service_household_request h JOIN service_servicerequest r ON r.id = h.service_request_id
         WHERE h.user_id = $1 AND ($2 = 0 OR r.request_type_id = $2))",
                                   user, type.value)
                                 .first(own_counts_from_row)
                                 .value_or(OwnCounts{});
    return {.pending = own.pending + others.pending, .resolved = own.resolved + others.resolved};
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
