#pragma once
// The statements whose plans matter: each comment runs one of the first four, each list and each page one of the last.

#include "db/sql.hpp"

namespace notifications {

/// Who is notified of service request $1, each once and without the one who acts ($4, zero for a guest), and which
/// unread notification of kind $2 and actor $3 they have: user and notification or NULL. Of the customer:
inline constexpr db::Sql customer_to_notify_sql(R"(
        SELECT u.id, (SELECT n.id FROM service_notification n
                       WHERE n.is_read = 0 AND n.user_id = u.id AND n.service_request_id = $1 AND n.kind = $2
                         AND n.actor_id = $3 LIMIT 1)
          FROM service_servicerequest r JOIN auth_user u ON u.id = r.user_id
         WHERE r.id = $1 AND u.is_active = 1 AND u.id <> $4)");
/// Of one user: $5.
inline constexpr db::Sql user_to_notify_sql(R"(
        SELECT u.id, (SELECT n.id FROM service_notification n
                       WHERE n.is_read = 0 AND n.user_id = u.id AND n.service_request_id = $1 AND n.kind = $2
                         AND n.actor_id = $3 LIMIT 1)
          FROM auth_user u
         WHERE u.id = $5 AND u.is_active = 1 AND u.id <> $4)");
/// Of the staff who took part, or all of the staff when none of those is left. Those who took part are looked up by the
/// service request; the others are read only when they are needed.
inline constexpr db::Sql participants_to_notify_sql(R"(
        SELECT t.id, (SELECT n.id FROM service_notification n
                       WHERE n.is_read = 0 AND n.user_id = t.id AND n.service_request_id = $1 AND n.kind = $2
                         AND n.actor_id = $3 LIMIT 1)
          FROM (SELECT p.user_id AS id FROM service_participant p JOIN auth_user u ON u.id = p.user_id
                 WHERE p.service_request_id = $1 AND u.role <> 'customer' AND u.is_active = 1
                UNION ALL
                SELECT u.id
                  FROM (SELECT 1 WHERE NOT EXISTS (
                            SELECT 1 FROM service_participant p JOIN auth_user s ON s.id = p.user_id
                             WHERE p.service_request_id = $1 AND s.role <> 'customer' AND s.is_active = 1)) nobody
                 CROSS JOIN auth_user u
                 WHERE u.role IN ('representative', 'supervisor', 'administrator') AND u.is_active = 1) t
         WHERE t.id <> $4)");
/// Of all staff and the customer.
inline constexpr db::Sql everybody_to_notify_sql(R"(
        SELECT u.id, (SELECT n.id FROM service_notification n
                       WHERE n.is_read = 0 AND n.user_id = u.id AND n.service_request_id = $1 AND n.kind = $2
                         AND n.actor_id = $3 LIMIT 1)
          FROM auth_user u
         WHERE (u.role IN ('representative', 'supervisor', 'administrator')
                OR u.id = (SELECT r.user_id FROM service_servicerequest r WHERE r.id = $1))
           AND u.is_active = 1 AND u.id <> $4
         ORDER BY u.id)");
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
           AND kind IN ('leak_reported', 'leak_reopened', 'taken_over'))");

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
