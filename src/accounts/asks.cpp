#include "accounts/asks.hpp"

#include "base/error.hpp"
#include "base/visitor.hpp"

namespace accounts {

namespace {

constexpr db::Sql open_asks = R"(
    SELECT k.id, k.account_id, k.user_id, k.shares, k.asked_at, u.username, u.first_name, u.last_name,
           a.account_number, a.address
      FROM service_account_ask k
      JOIN service_account a ON a.id = k.account_id
      JOIN auth_user u ON u.id = k.user_id
     WHERE k.state = 'open' AND u.is_active = 1 AND u.role = 'customer' AND a.is_active = 1 AND k.asked_at > )";

Ask ask_from_row(const db::Row& row)
{
    return {.id = row.id<AskId>(0),
        .account = row.id<AccountId>(1),
        .user = row.id<UserId>(2),
        .sharing = sharing_of(row.boolean(3)),
        .asked_at = row.time(4),
        .username = row.string(5),
        .full_name = base::full_name(row.text(6), row.text(7), row.text(5)),
        .number = row.string(8),
        .address = row.string(9)};
}

/// Of two who answer at once, the second one finds nothing to end.
std::optional<Ask> end(db::Transaction& tx, const db::SqlBuilder& sql)
{
    auto ask = tx.query(sql).first(ask_from_row);
    if (ask &&
        tx.execute("UPDATE service_account_ask SET state = 'over' WHERE id = $1 AND state = 'open'", ask->id) == 0)
        return std::nullopt;
    return ask;
}

/// Whether it is or was one, also when it is over.
bool is_to(db::Connection& db, AskId id, UserId holder)
{
    return db.query(R"(
        SELECT COUNT(*) FROM service_account_ask k JOIN service_account a ON a.id = k.account_id
         WHERE k.id = $1 AND a.user_id = $2)",
                 id, holder)
               .integer() != 0;
}

} // namespace

bool add_ask(db::Transaction& tx, const Ask& ask)
{
    return tx.execute(R"(
        INSERT INTO service_account_ask (account_id, user_id, shares, asked_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (account_id, user_id) DO UPDATE
           SET state = 'open', shares = excluded.shares, asked_at = excluded.asked_at
         WHERE service_account_ask.asked_at <= $5)",
               ask.account, ask.user, ask.sharing == Sharing::OwnRequests, ask.asked_at,
               base::Time(ask.asked_at - ask_lasts)) == 1;
}

std::vector<Ask> list_asks_to(db::Connection& db, UserId holder, base::Time now)
{
    db::SqlBuilder sql(open_asks);
    sql.bind(base::Time(now - ask_lasts)).add(" AND a.user_id = ").bind(holder).add(" ORDER BY k.id");
    return map_rows(db.query(sql), ask_from_row);
}

std::vector<Ask> list_asks_for(db::Connection& db, AccountId account, base::Time now)
{
    db::SqlBuilder sql(open_asks);
    sql.bind(base::Time(now - ask_lasts)).add(" AND k.account_id = ").bind(account).add(" ORDER BY k.id");
    return map_rows(db.query(sql), ask_from_row);
}

std::optional<Ask> end_ask_to(db::Transaction& tx, AskId id, UserId holder, base::Time now)
{
    db::SqlBuilder sql(open_asks);
    sql.bind(base::Time(now - ask_lasts)).add(" AND k.id = ").bind(id).add(" AND a.user_id = ").bind(holder);
    sql.add(" AND EXISTS (SELECT 1 FROM auth_user h WHERE h.id = a.user_id AND h.is_active = 1)");
    auto ask = end(tx, sql);
    if (!ask && !is_to(tx, id, holder))
        throw base::NotFound("no such ask to this user");
    return ask;
}

std::optional<Ask> end_ask_for(db::Transaction& tx, AskId id, AccountId account, base::Time now)
{
    db::SqlBuilder sql(open_asks);
    sql.bind(base::Time(now - ask_lasts)).add(" AND k.id = ").bind(id).add(" AND k.account_id = ").bind(account);
    return end(tx, sql);
}

void end_ask_of(db::Transaction& tx, AccountId account, UserId user)
{
    tx.apply("UPDATE service_account_ask SET state = 'over' WHERE account_id = $1 AND user_id = $2", account, user);
}

std::int64_t remove_old_asks(db::Transaction& tx, base::Time now)
{
    return tx.execute("DELETE FROM service_account_ask WHERE asked_at <= $1", base::Time(now - ask_lasts));
}

} // namespace accounts
