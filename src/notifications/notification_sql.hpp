#pragma once
// The statements whose plans matter: each comment runs one of the first, each list and each page one of the last.

#include "db/sql.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace notifications {

/// Text of a statement at compile time.
template <std::size_t Size>
struct Literal
{
    consteval Literal(const char (&literal)[Size]) { std::copy_n(literal, Size, text); }
    char text[Size];
};

/// The statement that notifies an audience, a query of the users' ids, of service request $1: kind $2, actor $3 (NULL
/// for a guest), not user $4 who acts (zero for a guest), at $5, of comment $6 or NULL. Whoever has an unread one of
/// the same kind, actor and service request gets no second one: that one is renewed, later than it was whatever the
/// clocks of two nodes say, because a page that showed it before must not mark it as read. A guest is nobody in
/// particular: nothing is renewed. Two who notify of the same service request wait for each other, because its row was
/// written before.
template <Literal Audience>
consteval auto text_to_notify()
{
    constexpr std::string_view head = R"(
        INSERT INTO service_notification (user_id, service_request_id, kind, actor_id, message, created_at, comment_id)
        SELECT t.id, CAST($1 AS BIGINT), CAST($2 AS TEXT), CAST($3 AS BIGINT), '', CAST($5 AS BIGINT), CAST($6 AS BIGINT)
          FROM ()";
    constexpr std::string_view tail = R"() t
         WHERE t.id <> $4
        ON CONFLICT (user_id, service_request_id, is_read, kind, actor_id) WHERE is_read = 0 DO UPDATE
           SET times = service_notification.times + 1, comment_id = excluded.comment_id,
               created_at = CASE WHEN service_notification.created_at < excluded.created_at THEN excluded.created_at
                                 ELSE service_notification.created_at + 1 END)";
    constexpr std::string_view audience(Audience.text);
    std::array<char, head.size() + audience.size() + tail.size() + 1> text{};
    std::ranges::copy(tail, std::ranges::copy(audience, std::ranges::copy(head, text.begin()).out).out);
    return text;
}

template <Literal Audience>
inline constexpr auto notify_text = text_to_notify<Audience>();
template <Literal Audience>
inline constexpr db::Sql notify_sql(notify_text<Audience>.data());

/// Unless they switched off occasion $7. About an emergency everybody is notified, whatever they chose.
inline constexpr db::Sql notify_customer_sql = notify_sql<R"(
        SELECT u.id FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
         WHERE r.id = $1 AND u.is_active = 1
           AND (r.is_emergency = 1 OR NOT EXISTS (
                   SELECT 1 FROM service_notification_choice c WHERE c.user_id = u.id AND c.occasion = $7 AND c.site = 0)))">;
/// User $8, unless they switched off occasion $7.
inline constexpr db::Sql notify_user_sql = notify_sql<R"(
        SELECT u.id FROM auth_user u
         WHERE u.id = $8 AND u.is_active = 1
           AND NOT EXISTS (
                   SELECT 1 FROM service_notification_choice c WHERE c.user_id = u.id AND c.occasion = $7 AND c.site = 0))">;
/// The staff who took part and did not switch off occasion $7. When none of those is left: all such representatives, or
/// all such staff when there is no representative either. Those who took part are looked up by the service request; the
/// others are read only when they are needed. Of an emergency that nobody took part in all staff are notified, whatever
/// they chose.
inline constexpr db::Sql notify_participants_sql = notify_sql<R"(
        SELECT p.user_id AS id FROM service_participant p JOIN auth_user u ON u.id = p.user_id
         WHERE p.service_request_id = $1 AND u.role <> 'customer' AND u.is_active = 1
           AND NOT EXISTS (
                   SELECT 1 FROM service_notification_choice c JOIN service_servicerequest r ON r.id = $1
                    WHERE c.user_id = u.id AND c.occasion = $7 AND c.site = 0 AND r.is_emergency = 0)
        UNION ALL
        SELECT u.id
          FROM (SELECT EXISTS (
                    SELECT 1 FROM auth_user s JOIN service_servicerequest r ON r.id = $1
                     WHERE s.role = 'representative' AND s.is_active = 1 AND s.id <> $4 AND r.is_emergency = 0
                       AND NOT EXISTS (SELECT 1 FROM service_notification_choice c
                                        WHERE c.user_id = s.id AND c.occasion = $7 AND c.site = 0)) AS representatives
                 WHERE NOT EXISTS (
                    SELECT 1 FROM service_participant p JOIN auth_user s ON s.id = p.user_id
                     WHERE p.service_request_id = $1 AND s.role <> 'customer' AND s.is_active = 1
                       AND NOT EXISTS (
                               SELECT 1 FROM service_notification_choice c JOIN service_servicerequest r ON r.id = $1
                                WHERE c.user_id = s.id AND c.occasion = $7 AND c.site = 0 AND r.is_emergency = 0))) left_to
         CROSS JOIN auth_user u
         WHERE u.role <> 'customer' AND u.is_active = 1 AND (u.role = 'representative' OR NOT left_to.representatives)
           AND NOT EXISTS (
                   SELECT 1 FROM service_notification_choice c JOIN service_servicerequest r ON r.id = $1
                    WHERE c.user_id = u.id AND c.occasion = $7 AND c.site = 0 AND r.is_emergency = 0))">;
/// All staff and the customer.
inline constexpr db::Sql notify_everybody_sql = notify_sql<R"(
        SELECT u.id FROM auth_user u WHERE u.role <> 'customer' AND u.is_active = 1
        UNION ALL
        SELECT u.id FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
         WHERE r.id = $1 AND u.role = 'customer' AND u.is_active = 1)">;

/// The list of user $1 before ($2, $3), $4 rows at most. Somebody who left the staff still has notifications of other
/// people's service requests, but reads no word of those.
inline constexpr db::Sql list_sql(R"(
        SELECT n.id, n.user_id, n.service_request_id, n.kind, n.message, n.is_read, n.times, n.created_at,
               COALESCE(substr(r.description, 1, 400), ''), COALESCE(t.name, ''), COALESCE(substr(c.text, 1, 400), ''),
               CASE WHEN c.text = '' THEN (SELECT COUNT(*) FROM service_attachment f
                                            WHERE f.service_request_id = n.service_request_id AND f.comment_id = c.id)
                    ELSE 0 END,
               n.actor_id, a.first_name, a.last_name, a.username, COALESCE(r.address, ''),
               COALESCE((SELECT l.unable_to_leave FROM service_leak_report l WHERE l.service_request_id = r.id), '')
          FROM service_notification n
          LEFT JOIN service_servicerequest r
            ON r.id = n.service_request_id
               AND (r.user_id = n.user_id OR (SELECT m.role FROM auth_user m WHERE m.id = $1) <> 'customer')
          LEFT JOIN service_request_type t ON t.id = r.request_type_id
          LEFT JOIN service_comment c ON c.id = n.comment_id AND c.service_request_id = r.id AND c.visibility = 'public'
          LEFT JOIN auth_user a ON a.id = n.actor_id
         WHERE n.user_id = $1 AND (n.created_at, n.id) < ($2, $3)
         ORDER BY n.created_at DESC, n.id DESC LIMIT $4)");

/// Mark those of user $1 that say that emergency $2 is there, until $3. The sum keeps the planner on the index of
/// unread ones.
inline constexpr db::Sql mark_emergency_read_sql(R"(
        UPDATE service_notification SET is_read = 1
         WHERE user_id = $1 AND is_read = 0 AND service_request_id = $2 AND created_at + 0 <= $3
           AND kind IN ('leak_reported', 'leak_reopened', 'taken_over', 'emergency_resolved', 'emergency_false'))");

/// The number of unread ones of user $1, $2 at most. In the order of the index of unread ones, which the planner would
/// not choose otherwise.
inline constexpr db::Sql unread_sql(R"(
        SELECT COUNT(*)
          FROM (SELECT 1 FROM service_notification WHERE user_id = $1 AND is_read = 0
                 ORDER BY service_request_id LIMIT $2) AS unread)");

/// The time of the newest unread one of user $1 about service request $2, or NULL.
inline constexpr db::Sql newest_unread_sql(R"(
        SELECT MAX(created_at + 0) FROM service_notification
         WHERE user_id = $1 AND is_read = 0 AND service_request_id = $2)");

} // namespace notifications
