#pragma once

#include "queue/queue.hpp"

namespace queue {

/// Append the statements of queue/emergencies.hpp; tests ask the planner about them.
/// Those where a person can't leave, or the others.
enum class Leaving : std::uint8_t
{
    Impossible,
    Possible
};
void add_waiting_emergencies_sql(db::SqlBuilder& sql, Leaving leaving, std::size_t limit = most_pinned);
void add_longest_waiting_sql(db::SqlBuilder& sql);
void add_emergency_facts_sql(db::SqlBuilder& sql, std::span<const ServiceRequestId> ids);
void add_emergency_at_address_sql(db::SqlBuilder& sql, std::string_view key, ServiceRequestId without);
void add_emergency_addresses_sql(db::SqlBuilder& sql, std::span<const std::string> keys);

} // namespace queue
