// Who is notified of what: one statement for each audience.

#include "notifications/choice.hpp"
#include "notifications/kind_name.hpp"
#include "notifications/notification.hpp"
#include "notifications/notification_sql.hpp"

namespace notifications {

namespace {

/// Unless they switched off the occasion.
struct Audience
{
    db::Sql sql;
    Occasion occasion;
};

void notify(db::Transaction& tx, const Audience& audience, const base::Act& act, const News& news)
{
    const UserId by = act.visitor.user_id;
    tx.apply(audience.sql, news.service_request, kind_name(news.kind), by, by.value, act.at, news.comment,
        occasion_name(audience.occasion));
}

} // namespace

void notify_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify(tx, {notify_customer_sql, news.kind == Kind::Replied ? Occasion::Replied : Occasion::Status}, act, news);
}

void notify_user(db::Transaction& tx, const base::Act& act, UserId user, const News& news)
{
    const UserId by = act.visitor.user_id;
    tx.apply(notify_user_sql, news.service_request, kind_name(news.kind), by, by.value, act.at, news.comment,
        occasion_name(Occasion::TakenOver), user);
}

void notify_participants(db::Transaction& tx, const base::Act& act, const News& news)
{
    notify(tx, {notify_participants_sql, Occasion::Commented}, act, news);
}

void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    const UserId by = act.visitor.user_id;
    tx.apply(notify_everybody_sql, news.service_request, kind_name(news.kind), by, by.value, act.at, news.comment);
}

void notify_of_sign_in(db::Transaction& tx, UserId user, const SignInNews& news, base::Time at)
{
    const std::string_view kind = kind_name(news.kind);
    if (tx.execute(R"(
        UPDATE service_notification SET times = times + $5,
               created_at = CASE WHEN created_at < $4 THEN $4 ELSE created_at + 1 END
         WHERE user_id = $1 AND service_request_id IS NULL AND is_read = 0 AND kind = $2 AND message = $3)",
            user, kind, news.device, at, news.times) > 0)
        return;
    tx.apply(R"(
        INSERT INTO service_notification (user_id, kind, message, created_at, times)
        VALUES ($1, $2, $3, $4, $5))",
        user, kind, news.device, at, news.times);
}

void notify_of_account(db::Transaction& tx, const base::Act& act, const AccountNews& news)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, kind, actor_id, message, created_at)
        SELECT u.id, CAST($2 AS TEXT), CAST($3 AS BIGINT), CAST($4 AS TEXT), CAST($5 AS BIGINT)
          FROM auth_user u WHERE u.id = $1 AND u.is_active = 1 AND u.id <> $3)",
        news.user, kind_name(news.kind), act.visitor.user_id, news.account, act.at);
}

void mark_ask_read(db::Transaction& tx, UserId user, UserId asker)
{
    tx.apply(R"(
        UPDATE service_notification SET is_read = 1
         WHERE user_id = $1 AND is_read = 0 AND kind = $2 AND actor_id = $3)",
        user, kind_name(Kind::AccountAsked), asker);
}

} // namespace notifications
