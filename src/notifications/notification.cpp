#include "notifications/notification.hpp"

#include "notifications/removal.hpp"

#include "base/reference.hpp"
#include "notifications/kind_name.hpp"
#include "notifications/notification_sql.hpp"

#include <cstdint>
#include <stdexcept>
#include <utility>

namespace notifications {

namespace {

// One that a newer node wrote is shown as the sentence it does not have, rather than failing the whole list.
Kind kind_from(std::string_view name)
{
    for (const NamedKind& named : kind_names) {
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
        .times = row.integer(6),
        .created_at = row.time(7),
        .description_start = row.string(8),
        .type_name = row.string(9),
        .comment_start = row.string(10),
        .comment_files = row.integer(11),
        .address = row.string(16),
        .cannot_leave = row.text(17) == "yes"};
    if (row.id<UserId>(12))
        notification.actor_name = base::full_name(row.text(13), row.text(14), row.text(15));
    return notification;
}

base::Text what_happened(const Notification& notification)
{
    const std::string reference = base::reference(notification.service_request_id);
    const base::Text who =
        notification.actor_name.empty() ? base::Text("A guest") : base::Text::verbatim(notification.actor_name);
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
    case Kind::TakenOver:
        return base::Text("{who} took over {reference}", {{"who", who}, {"reference", reference}});
    case Kind::EmergencyResolved:
        return base::Text("{who} resolved {reference}, which you had", {{"who", who}, {"reference", reference}});
    case Kind::EmergencyFalse:
        return base::Text(
            "{who} resolved {reference}, which you had, as a false alarm", {{"who", who}, {"reference", reference}});
    case Kind::WrongPasswords:
        return base::Text::plural("Somebody tried {n} wrong password for your user name",
            "Somebody tried {n} wrong passwords for your user name", static_cast<std::uint64_t>(notification.times));
    case Kind::WrongCodes:
        return base::Text::plural("Somebody typed your password, then {n} wrong code",
            "Somebody typed your password, then {n} wrong codes", static_cast<std::uint64_t>(notification.times));
    case Kind::NewDevice:
        return notification.text.empty()
                   ? base::Text("Somebody signed in as you on a new device")
                   : base::Text("Somebody signed in as you on a new device: {device}", {{"device", notification.text}});
    case Kind::RecoveryCodeUsed:
        return base::Text("Somebody signed in as you with a recovery code");
    case Kind::FactorReset:
        return base::Text("The second step of your sign-in was reset");
    case Kind::AccountAsked:
        return base::Text("{who} asks to share account …{number}", {{"who", who}, {"number", notification.text}});
    case Kind::AccountShared:
        return base::Text("You share account …{number} with {who} now", {{"number", notification.text}, {"who", who}});
    case Kind::AccountHeld:
        return base::Text("You are the holder of account …{number} now", {{"number", notification.text}});
    case Kind::Sentence:
        return notification.text.empty() ? base::Text("Something happened on {reference}", {{"reference", reference}})
                                         : base::Text::verbatim(notification.text);
    }
    throw std::logic_error("a notification of unknown kind");
}

} // namespace

base::Text sentence_of(const Notification& notification)
{
    base::Text once = what_happened(notification);
    if (notification.times < 2 || notification.kind == Kind::WrongPasswords || notification.kind == Kind::WrongCodes)
        return once;
    return base::Text::plural("{what} ({n} time)", "{what} ({n} times)", static_cast<std::uint64_t>(notification.times),
        {{"what", std::move(once)}});
}

std::vector<Notification> list_notifications(db::Connection& db, UserId user, const Position& before)
{
    return db::map_rows(db.query(list_sql, user, before.id ? base::to_millis(before.at) : INT64_MAX,
                            before.id ? before.id.value : INT64_MAX, page_size + 1),
        notification_from_row);
}

std::int64_t count_unread(db::Connection& db, UserId user)
{
    return db.query(unread_sql, user, most_counted).integer();
}

std::map<UserId, Unread> count_unread(db::Connection& db, std::span<const UserId> users)
{
    // Always the same number of parameters: one prepared statement.
    constexpr std::size_t asked_at_once = 64;
    std::map<UserId, Unread> counts;
    for (std::size_t first = 0; first < users.size(); first += asked_at_once) {
        db::SqlBuilder sql("SELECT u.id");
        for (const db::Sql what : {db::Sql("COUNT(*)"), db::Sql("CAST(COALESCE(SUM(unread.created_at), 0) AS BIGINT)")})
            sql.add(", (SELECT ")
                .add(what)
                .add(R"(
                          FROM (SELECT n.created_at FROM service_notification n
                                 WHERE n.user_id = u.id AND n.is_read = 0
                                 ORDER BY n.service_request_id LIMIT )")
                .bind(most_counted)
                .add(") AS unread)");
        sql.add(" FROM auth_user u WHERE u.id IN (");
        for (std::size_t i = first; i < first + asked_at_once; ++i)
            sql.add(i == first ? db::Sql("") : db::Sql(", ")).bind(i < users.size() ? users[i].value : 0);
        sql.add(")");
        for (const db::Row row : db.query(sql))
            counts.emplace(row.id<UserId>(0), Unread{.count = row.integer(1), .times = row.integer(2)});
    }
    return counts;
}

std::optional<base::Time> find_newest_unread(db::Connection& db, UserId user, ServiceRequestId service_request)
{
    return db.query(newest_unread_sql, user, service_request)
        .first([](const db::Row& row) { return row.optional_time(0); })
        .value_or(std::nullopt);
}

std::int64_t mark_all_read(db::Transaction& tx, UserId user, const Position& newest)
{
    return tx.execute(R"(
        UPDATE service_notification SET is_read = 1
         WHERE user_id = $1 AND is_read = 0 AND (created_at, id) <= ($2, $3))",
        user, newest.at, newest.id.value);
}

std::int64_t mark_read_for(db::Transaction& tx, UserId user, ServiceRequestId service_request, base::Time until)
{
    return tx.execute(R"(
        UPDATE service_notification SET is_read = 1
         WHERE user_id = $1 AND is_read = 0 AND service_request_id = $2 AND created_at <= $3)",
        user, service_request, until);
}

void mark_emergency_read(db::Transaction& tx, const base::Act& act, ServiceRequestId service_request)
{
    tx.apply(mark_emergency_read_sql, act.visitor.user_id, service_request, act.at);
}

void remove_notifications(db::Transaction& tx, UserId user)
{
    tx.apply("DELETE FROM service_notification WHERE user_id = $1", user);
    tx.apply("DELETE FROM service_notification_choice WHERE user_id = $1", user);
    tx.apply("DELETE FROM service_notification_plan WHERE user_id = $1", user);
}

void remove_comment_news(db::Transaction& tx, base::Time last)
{
    tx.apply("DELETE FROM service_notification WHERE kind IN ($1, $2) AND created_at <= $3", kind_name(Kind::Replied),
        kind_name(Kind::Commented), last);
}

} // namespace notifications
