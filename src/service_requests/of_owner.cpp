#include "service_requests/of_owner.hpp"

#include "service_requests/row.hpp"

namespace service_requests {

namespace {

/// The ids by their indexes, at most twice the limit, before anything else of a row is read: somebody may have
/// thousands.
void add_list_sql(db::SqlBuilder& sql, db::Sql owner, std::int64_t id, std::size_t limit)
{
    sql.add("WITH few AS (SELECT id FROM (SELECT id FROM service_servicerequest WHERE ").add(owner).add(" = ").bind(id);
    sql.add(" AND status = 'Pending' ORDER BY id DESC LIMIT ").bind(limit);
    sql.add(") open UNION ALL SELECT id FROM (SELECT id FROM service_servicerequest WHERE ").add(owner).add(" = ");
    sql.bind(id).add(" AND status || '' <> 'Pending' ORDER BY id DESC LIMIT ").bind(limit).add(") others)");
    sql.add(row_columns).add(" FROM few JOIN service_servicerequest r ON r.id = few.id").add(row_joins);
    sql.add(" ORDER BY CASE WHEN r.status = 'Pending' THEN 0 ELSE 1 END, r.id DESC LIMIT ").bind(limit);
}

std::vector<ServiceRequest> list(db::Connection& db, const db::SqlBuilder& sql)
{
    return db::map_rows(db.query(sql), service_request_from_row);
}

} // namespace

void add_list_of_user_sql(db::SqlBuilder& sql, UserId user, std::size_t limit)
{
    add_list_sql(sql, "user_id", user.value, limit);
}

void add_list_of_account_sql(db::SqlBuilder& sql, AccountId account, std::size_t limit)
{
    add_list_sql(sql, "account_id", account.value, limit);
}

std::vector<ServiceRequest> list_of_user(db::Connection& db, UserId user, std::size_t limit)
{
    db::SqlBuilder sql;
    add_list_of_user_sql(sql, user, limit);
    return list(db, sql);
}

std::vector<ServiceRequest> list_of_account(db::Connection& db, AccountId account, std::size_t limit)
{
    db::SqlBuilder sql;
    add_list_of_account_sql(sql, account, limit);
    return list(db, sql);
}

AccountId find_last_account(db::Connection& db, UserId user)
{
    return db
        .query("SELECT account_id FROM service_servicerequest WHERE user_id = $1 AND account_id IS NOT NULL"
               " ORDER BY id DESC LIMIT 1",
            user)
        .first([](const db::Row& row) { return row.id<AccountId>(0); })
        .value_or(AccountId());
}

bool is_leak_open_at(db::Connection& db, AccountId account, std::string_view address, UserId reader)
{
    return db.query(R"(
        SELECT COUNT(*)
          FROM (SELECT 1 FROM service_servicerequest
                 WHERE account_id = $1 AND is_emergency = 1 AND status = 'Pending' AND COALESCE(user_id, 0) <> $3
                UNION ALL
                SELECT 1 FROM service_servicerequest
                 WHERE is_emergency = 1 AND status = 'Pending' AND address_key = $2 AND address_key <> ''
                   AND COALESCE(user_id, 0) <> $3) leaks)",
                 account, address_key(address), reader.value)
               .integer() != 0;
}

std::optional<base::Time> find_submitted_before(db::Connection& db, UserId user, std::size_t count)
{
    return db
        .query("SELECT submitted_at FROM service_servicerequest WHERE user_id = $1 ORDER BY id DESC LIMIT 1 OFFSET $2",
            user, count - 1)
        .first([](const db::Row& row) { return row.time(0); });
}

bool is_emergency(db::Connection& db, ServiceRequestId id)
{
    return db.query("SELECT is_emergency FROM service_servicerequest WHERE id = $1", id).integer() != 0;
}

OwnCounts count_of_account(db::Connection& db, AccountId account)
{
    return db
        .query(R"(
        SELECT COUNT(*) FILTER (WHERE status = 'Pending'), COUNT(*)
          FROM service_servicerequest WHERE account_id = $1)",
            account)
        .first(own_counts_from_row)
        .value_or(OwnCounts{});
}

} // namespace service_requests
