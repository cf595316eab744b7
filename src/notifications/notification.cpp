#include "notifications/notification.hpp"

#include "base/error.hpp"
#include "base/reference.hpp"

#include <array>
#include <cstdint>
#include <stdexcept>

namespace notifications {

namespace {

struct Named
{
    Kind kind;
    std::string_view name;
};

constexpr std::array names = {Named{Kind::LeakReported, "leak_reported"}, Named{Kind::LeakReopened, "leak_reopened"},
    Named{Kind::Resolved, "resolved"}, Named{Kind::Reopened, "reopened"}, Named{Kind::Replied, "replied"},
    Named{Kind::Commented, "commented"}, Named{Kind::Sentence, "sentence"}};

std::string_view kind_name(Kind kind)
{
    return names.at(static_cast<std::size_t>(kind)).name;
}

// One that a newer node wrote is shown as the sentence it does not have, rather than failing the whole list.
Kind kind_from(std::string_view name)
{
    for (const Named& named : names) {
        if (named.name == name)
            return named.kind;
    }
    return Kind::Sentence;
}

Notification notification_from_row(const db::Row& row)
{
    Notification notification{.id = row.id<NotificationId>(0),
        .user_id = row.id<UserId>(1),
        .service_request_id = row.id<ServiceRequestId>(2),
        .kind = kind_from(row.text(3)),
        .text = row.string(4),
        .is_read = row.boolean(5),
        .created_at = row.time(6)};
    if (row.id<UserId>(7))
        notification.actor_name = base::full_name(row.text(8), row.text(9), row.text(10));
    return notification;
}

} // namespace

base::Text sentence_of(const Notification& notification)
{
    const std::string reference = base::reference(notification.service_request_id);
    const base::Text who =
        notification.actor_name.empty() ? base::Text("The reporter") : base::Text::verbatim(notification.actor_name);
    switch (notification.kind) {
    case Kind::LeakReported:
        return base::Text("A gas leak was reported: {reference}", {{"reference", reference}});
    case Kind::LeakReopened:
        return base::Text("The gas leak {reference} was reopened by {who}", {{"reference", reference}, {"who", who}});
    case Kind::Resolved:
        return base::Text("{reference} is resolved", {{"reference", reference}});
    case Kind::Reopened:
        return base::Text("{reference} was reopened by {who}", {{"reference", reference}, {"who", who}});
    case Kind::Replied:
        return base::Text("{who} replied on {reference}", {{"who", who}, {"reference", reference}});
    case Kind::Commented:
        return base::Text("{who} commented on {reference}", {{"who", who}, {"reference", reference}});
    case Kind::Sentence:
        return notification.text.empty() ? base::Text("Something happened on {reference}", {{"reference", reference}})
                                         : base::Text::verbatim(notification.text);
    }
    throw std::logic_error("a notification of unknown kind");
}

void notify_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, kind, actor_id, message, created_at)
        SELECT u.id, r.id, CAST($2 AS TEXT), CAST($3 AS BIGINT), '', CAST($4 AS BIGINT)
          FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
         WHERE r.id = $1 AND u.is_active = 1 AND u.id <> $5)",
        news.service_request, kind_name(news.kind), act.visitor.user_id, act.at, act.visitor.user_id.value);
}

void notify_participants(db::Transaction& tx, const base::Act& act, const News& news)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, kind, actor_id, message, created_at)
        SELECT u.id, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), '', CAST($4 AS BIGINT)
          FROM auth_user u
         WHERE u.role IN ('representative', 'supervisor', 'administrator') AND u.is_active = 1 AND u.id <> $5
           AND (u.id IN (SELECT p.user_id FROM service_participant p WHERE p.service_request_id = $1)
                OR NOT EXISTS (SELECT 1 FROM service_participant p JOIN auth_user s ON s.id = p.user_id
                                WHERE p.service_request_id = $1 AND s.role <> 'customer' AND s.is_active = 1))
         ORDER BY u.id)",
        news.service_request, kind_name(news.kind), act.visitor.user_id, act.at, act.visitor.user_id.value);
}

void notify_staff_and_customer(db::Transaction& tx, const base::Act& act, const News& news)
{
    // One statement, so that nobody is notified twice.
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, kind, actor_id, message, created_at)
        SELECT u.id, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), '', CAST($4 AS BIGINT)
          FROM auth_user u
         WHERE (u.role IN ('representative', 'supervisor', 'administrator')
                OR u.id = (SELECT r.user_id FROM service_servicerequest r WHERE r.id = $1))
           AND u.is_active = 1 AND u.id <> $5
         ORDER BY u.id)",
        news.service_request, kind_name(news.kind), act.visitor.user_id, act.at, act.visitor.user_id.value);
}

std::vector<Notification> list_notifications(db::Connection& db, UserId user, NotificationId before)
{
    return db::map_rows(db.query(R"(
        SELECT n.id, n.user_id, n.service_request_id, n.kind, n.message, n.is_read, n.created_at,
               n.actor_id, a.first_name, a.last_name, a.username
          FROM service_notification n LEFT JOIN auth_user a ON a.id = n.actor_id
         WHERE n.user_id = $1 AND n.id < $2
         ORDER BY n.id DESC LIMIT $3)",
                            user, before ? before.value : INT64_MAX, page_size + 1),
        notification_from_row);
}

std::int64_t count_unread(db::Connection& db, UserId user)
{
    return db
        .query(R"(
        SELECT COUNT(*)
          FROM (SELECT 1 FROM service_notification WHERE user_id = $1 AND is_read = 0 LIMIT $2) AS unread)",
            user, most_counted)
        .integer();
}

std::map<UserId, std::int64_t> count_unread(db::Connection& db, std::span<const UserId> users)
{
    // Always the same number of parameters: one prepared statement.
    constexpr std::size_t asked_at_once = 64;
    std::map<UserId, std::int64_t> counts;
    for (std::size_t first = 0; first < users.size(); first += asked_at_once) {
        db::SqlBuilder sql(R"(
            SELECT u.id, (SELECT COUNT(*)
                            FROM (SELECT 1 FROM service_notification n WHERE n.user_id = u.id AND n.is_read = 0 LIMIT )");
        sql.bind(most_counted).add(") AS unread) FROM auth_user u WHERE u.id IN (");
        for (std::size_t i = first; i < first + asked_at_once; ++i)
            sql.add(i == first ? db::Sql("") : db::Sql(", ")).bind(i < users.size() ? users[i].value : 0);
        sql.add(")");
        for (const db::Row row : db.query(sql))
            counts.emplace(row.id<UserId>(0), row.integer(1));
    }
    return counts;
}

ServiceRequestId mark_read(db::Transaction& tx, UserId user, NotificationId id)
{
    const auto marked = tx.insert<ServiceRequestId>(
        "UPDATE service_notification SET is_read = 1 WHERE id = $1 AND user_id = $2 RETURNING service_request_id", id,
        user);
    if (!marked)
        throw base::NotFound("no such notification of this user");
    return marked;
}

std::int64_t mark_all_read(db::Transaction& tx, UserId user, NotificationId newest)
{
    return tx.execute("UPDATE service_notification SET is_read = 1 WHERE user_id = $1 AND is_read = 0 AND id <= $2",
        user, newest.value);
}

std::int64_t mark_read_for(db::Transaction& tx, UserId user, ServiceRequestId service_request)
{
    return tx.execute(
        "UPDATE service_notification SET is_read = 1 WHERE user_id = $1 AND is_read = 0 AND service_request_id = $2",
        user, service_request);
}

void remove_comment_news(db::Transaction& tx, base::Time last)
{
    tx.apply("DELETE FROM service_notification WHERE kind IN ($1, $2) AND created_at <= $3", kind_name(Kind::Replied),
        kind_name(Kind::Commented), last);
}

} // namespace notifications
