#pragma once

#include "queue/queue.hpp"

namespace queue {

/// Append the statements of queue/emergencies.hpp; tests ask the planner about them.
/// Those where a person can't leave, those where perhaps somebody is inside, the others, or both of these.
enum class Leaving : std::uint8_t
{
    Impossible,
    NotSure,
    Others,
    NotImpossible
};
void add_waiting_emergencies_sql(db::SqlBuilder& sql, Leaving leaving, std::size_t limit = most_waiting);
void add_longest_waiting_sql(db::SqlBuilder& sql);
/// A column: the name of the event that says how emergency `r` ended, "false_alarm" or "made_safe"; empty for an open
/// one, for anything else, and for one from before this was asked.
void add_end_of_emergency(db::SqlBuilder& sql);
void add_emergency_facts_sql(db::SqlBuilder& sql, std::span<const ServiceRequestId> ids);
void add_emergencies_at_address_sql(db::SqlBuilder& sql, std::string_view key, ServiceRequestId without);
/// Those whose address begins with `house` ("12 "), as candidates for the same place.
void add_emergencies_of_house_sql(db::SqlBuilder& sql, std::string_view house, ServiceRequestId without);
void add_count_at_address_sql(db::SqlBuilder& sql, std::string_view key, ServiceRequestId without);
/// So many places has the list of a statement that asks about so many ids or keys.
std::size_t places_for(std::size_t count);
void add_emergency_addresses_sql(db::SqlBuilder& sql, std::span<const std::string> keys);

/// The open emergencies that nobody has of the newest reports of one sender, each report by the one that it is folded
/// into: $1 sender, $2 since when, $3 without this one, $4 user, $5 how many reports are looked at, $6 whether those
/// in which somebody can't leave.
inline constexpr db::Sql leaders_sql(R"(
        SELECT f.id, f.address_key, CASE WHEN k.unable_to_leave = 'unknown' THEN 1 ELSE 0 END
          FROM (SELECT l.service_request_id AS id, l.advice_shown_at
                  FROM service_leak_report l
                 WHERE l.sender <> '' AND l.sender = $1 AND l.advice_shown_at >= $2 AND l.service_request_id <> $3
                   AND CASE WHEN l.unable_to_leave = 'yes' THEN 1 ELSE 0 END = $6
                 ORDER BY l.advice_shown_at DESC LIMIT $5) newest
          JOIN service_servicerequest r ON r.id = newest.id
          JOIN service_servicerequest f ON f.id = COALESCE(r.folded_into, r.id)
          LEFT JOIN service_leak_report k ON k.service_request_id = f.id
         WHERE r.status = 'Pending' AND r.taken_at IS NULL
           AND f.is_emergency = 1 AND f.status = 'Pending' AND f.taken_at IS NULL AND COALESCE(f.user_id, 0) = $4
         ORDER BY newest.advice_shown_at DESC)");

} // namespace queue
