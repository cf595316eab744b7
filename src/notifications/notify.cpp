// Who is notified of what: one statement for each audience.

#include "notifications/kind_name.hpp"
#include "notifications/notification.hpp"
#include "notifications/notification_sql.hpp"

namespace notifications {

namespace {

void notify(db::Transaction& tx, db::Sql audience, const base::Act& act, const News& news)
{
    const UserId by = act.visitor.user_id;
    tx.apply(audience, news.service_request, kind_name(news.kind), by, by.value, act.at, news.comment);
}

} // namespace

void notify_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify(tx, notify_customer_sql, act, news);
}

void notify_user(db::Transaction& tx, const base::Act& act, UserId user, const News& news)
{
    const UserId by = act.visitor.user_id;
    tx.apply(notify_user_sql, news.service_request, kind_name(news.kind), by, by.value, act.at, news.comment, user);
}

void notify_participants(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify(tx, notify_participants_sql, act, news);
}

void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify(tx, notify_everybody_sql, act, news);
}

void notify_of_wrong_passwords(db::Transaction& tx, const base::Act& act, std::int64_t count)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, kind, message, created_at, times)
        VALUES ($1, $2, '', $3, $4))",
        act.visitor.user_id, kind_name(Kind::WrongPasswords), act.at, count);
}

} // namespace notifications
