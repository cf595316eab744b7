// Who is notified of what. One statement for each audience says who, and which unread notification of the same kind,
// person and service request they have: that one is renewed, and who has none gets one, so a conversation that nobody
// reads adds no rows. A guest who acts is nobody in particular: nothing is renewed.

#include "notifications/kind_name.hpp"
#include "notifications/notification.hpp"
#include "notifications/notification_sql.hpp"

#include <algorithm>
#include <vector>

namespace notifications {

namespace {

struct Reader
{
    UserId id;
    /// The unread notification of the same kind, person and service request; zero without one.
    std::int64_t unread = 0;
};

Reader reader_from_row(const db::Row& row)
{
    return {.id = row.id<UserId>(0), .unread = row.integer(1)};
}

/// Renew the unread ones of `readers`; gives those who had one. Later than it was whatever the clocks of two nodes say:
/// a page that showed it before must not mark it as read.
std::vector<UserId> renew(
    db::Transaction& tx, const base::Act& act, const News& news, const std::vector<Reader>& readers)
{
    if (std::ranges::none_of(readers, &Reader::unread))
        return {};
    db::SqlBuilder sql("UPDATE service_notification SET times = times + 1, comment_id = ");
    sql.bind(news.comment).add(", created_at = CASE WHEN created_at < ").bind(act.at).add(" THEN ").bind(act.at);
    sql.add(" ELSE created_at + 1 END WHERE is_read = 0 AND id IN (0");
    for (const Reader& reader : readers) {
        if (reader.unread != 0)
            sql.add(", ").bind(reader.unread);
    }
    sql.add(") RETURNING user_id");
    return db::map_rows(tx.query(sql), [](const db::Row& row) { return row.id<UserId>(0); });
}

void add(db::Transaction& tx, const base::Act& act, const News& news, const std::vector<UserId>& users)
{
    if (users.empty())
        return;
    db::SqlBuilder sql(R"(
        INSERT INTO service_notification (user_id, service_request_id, kind, actor_id, message, created_at, comment_id)
        SELECT u.id, CAST()");
    sql.bind(news.service_request).add(" AS BIGINT), CAST(").bind(kind_name(news.kind));
    sql.add(" AS TEXT), CAST(").bind(act.visitor.user_id).add(" AS BIGINT), '', CAST(").bind(act.at);
    sql.add(" AS BIGINT), CAST(").bind(news.comment).add(" AS BIGINT) FROM auth_user u WHERE u.id IN (0");
    for (const UserId user : users)
        sql.add(", ").bind(user);
    tx.apply(sql.add(") ORDER BY u.id"));
}

void notify(db::Transaction& tx, const base::Act& act, const News& news, const std::vector<Reader>& readers)
{
    const std::vector<UserId> renewed = renew(tx, act, news, readers);
    std::vector<UserId> others;
    for (const Reader& reader : readers) {
        // Somebody may read theirs on another node meanwhile.
        if (std::ranges::find(renewed, reader.id) == renewed.end())
            others.push_back(reader.id);
    }
    add(tx, act, news, others);
}

void notify_audience(db::Transaction& tx, const base::Act& act, const News& news, db::Sql audience)
{
    const UserId by = act.visitor.user_id;
    notify(tx, act, news,
        db::map_rows(tx.query(audience, news.service_request, kind_name(news.kind), by, by.value), reader_from_row));
}

} // namespace

void notify_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify_audience(tx, act, news, customer_to_notify_sql);
}

void notify_user(db::Transaction& tx, const base::Act& act, UserId user, const News& news)
{
    const UserId by = act.visitor.user_id;
    notify(tx, act, news,
        db::map_rows(tx.query(user_to_notify_sql, news.service_request, kind_name(news.kind), by, by.value, user),
            reader_from_row));
}

void notify_participants(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify_audience(tx, act, news, participants_to_notify_sql);
}

void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify_audience(tx, act, news, everybody_to_notify_sql);
}

void notify_of_wrong_passwords(db::Transaction& tx, const base::Act& act, std::int64_t count)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, kind, message, created_at, times)
        VALUES ($1, $2, '', $3, $4))",
        act.visitor.user_id, kind_name(Kind::WrongPasswords), act.at, count);
}

} // namespace notifications
