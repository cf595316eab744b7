#include "notifications/notification.hpp"

#include "base/error.hpp"
#include "service_requests/service_request.hpp"

#include <cstdint>

namespace notifications {

namespace {

Notification notification_from_row(const db::Row& row)
{
    return {.id = row.id<NotificationId>(0),
        .user_id = row.id<UserId>(1),
        .service_request_id = row.id<ServiceRequestId>(2),
        .message = row.string(3),
        .is_read = row.boolean(4),
        .created_at = row.time(5)};
}

/// What happened; the functions below choose who hears it.
struct Message
{
    ServiceRequestId service_request;
    UserId actor;
    std::string text;
};

void notify_customer(db::Transaction& tx, const Message& message, base::Time now)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, message, created_at)
        SELECT u.id, r.id, CAST($2 AS TEXT), CAST($3 AS BIGINT)
          FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
         WHERE r.id = $1 AND u.is_active = 1 AND u.id <> $4)",
        message.service_request, message.text, now, message.actor.value);
}

void notify_participants(db::Transaction& tx, const Message& message, base::Time now)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, message, created_at)
        SELECT u.id, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT)
          FROM auth_user u
         WHERE u.id IN (SELECT p.user_id FROM service_participant p WHERE p.service_request_id = $1)
           AND u.role <> 'customer' AND u.is_active = 1 AND u.id <> $4)",
        message.service_request, message.text, now, message.actor.value);
}

/// Everybody whom an open emergency concerns, in one statement: each hears of it once.
void notify_staff_and_customer(db::Transaction& tx, const Message& message, base::Time now)
{
    tx.apply(R"(
        INSERT INTO service_notification (user_id, service_request_id, message, created_at)
        SELECT u.id, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT)
          FROM auth_user u
         WHERE (u.role IN ('representative', 'supervisor', 'administrator')
                OR u.id = (SELECT r.user_id FROM service_servicerequest r WHERE r.id = $1))
           AND u.is_active = 1 AND u.id <> $4
         ORDER BY u.id)",
        message.service_request, message.text, now, message.actor.value);
}

bool is_emergency(db::Connection& db, ServiceRequestId id)
{
    return db.query("SELECT is_emergency FROM service_servicerequest WHERE id = $1", id).integer() != 0;
}

std::string name_of(const base::Visitor& by)
{
    return by.is_guest() ? "The reporter" : by.full_name;
}

} // namespace

void notify_of_status(db::Transaction& tx, ServiceRequestId service_request, const base::Visitor& by,
    std::string_view new_status, base::Time now)
{
    const std::string reference = service_requests::reference(service_request);
    const bool is_resolved = new_status == service_requests::status_name(service_requests::Status::Resolved);
    Message message{.service_request = service_request,
        .actor = by.user_id,
        .text = is_resolved ? reference + " is resolved" : reference + " was reopened by " + name_of(by)};
    if (!is_resolved && is_emergency(tx, service_request)) {
        message.text.insert(0, "The gas leak ");
        notify_staff_and_customer(tx, message, now);
    } else if (by.is_staff()) {
        notify_customer(tx, message, now);
    } else {
        notify_participants(tx, message, now);
    }
}

void notify_of_comment(db::Transaction& tx, ServiceRequestId service_request, const base::Visitor& by, base::Time now)
{
    const std::string reference = service_requests::reference(service_request);
    if (by.is_staff()) {
        notify_customer(tx, {service_request, by.user_id, by.full_name + " replied on " + reference}, now);
    } else {
        notify_participants(tx, {service_request, by.user_id, name_of(by) + " commented on " + reference}, now);
    }
}

void notify_of_emergency(db::Transaction& tx, ServiceRequestId service_request, UserId by, base::Time now)
{
    notify_staff_and_customer(
        tx, {service_request, by, "A gas leak was reported: " + service_requests::reference(service_request)}, now);
}

std::vector<Notification> list_notifications(db::Connection& db, UserId user, NotificationId before)
{
    return db::map_rows(db.query(R"(
        SELECT id, user_id, service_request_id, message, is_read, created_at FROM service_notification
         WHERE user_id = $1 AND id < $2
         ORDER BY id DESC LIMIT $3)",
                            user, before ? before.value : INT64_MAX, page_size + 1),
        notification_from_row);
}

std::int64_t count_unread(db::Connection& db, UserId user)
{
    return db.query("SELECT COUNT(*) FROM service_notification WHERE user_id = $1 AND is_read = 0", user).integer();
}

std::map<UserId, std::int64_t> count_unread(db::Connection& db, std::span<const UserId> users)
{
    // Always the same number of parameters: one prepared statement.
    constexpr std::size_t asked_at_once = 64;
    std::map<UserId, std::int64_t> counts;
    for (std::size_t first = 0; first < users.size(); first += asked_at_once) {
        db::SqlBuilder sql("SELECT user_id, COUNT(*) FROM service_notification WHERE is_read = 0 AND user_id IN (");
        for (std::size_t i = first; i < first + asked_at_once; ++i)
            sql.add(i == first ? db::Sql("") : db::Sql(", ")).bind(i < users.size() ? users[i].value : 0);
        sql.add(") GROUP BY user_id");
        for (const db::Row row : db.query(sql))
            counts.emplace(row.id<UserId>(0), row.integer(1));
    }
    return counts;
}

Notification mark_read(db::Transaction& tx, UserId user, NotificationId id)
{
    auto marked = tx.query(R"(
        UPDATE service_notification SET is_read = 1 WHERE id = $1 AND user_id = $2
        RETURNING id, user_id, service_request_id, message, is_read, created_at)",
                        id, user)
                      .first(notification_from_row);
    if (!marked) {
        throw base::NotFound("no such notification of this user");
    }
    return *std::move(marked);
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

} // namespace notifications
