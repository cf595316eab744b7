#pragma once

#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <optional>
#include <string_view>

namespace accounts {

/// So many account numbers somebody may try in an hour.
inline constexpr int most_tries_an_hour = 5;

/// Count a try of a person or a network, by all nodes of a site together. Returns how long it must wait when there were
/// most_tries_an_hour within the last hour; then nothing is counted.
std::optional<std::chrono::milliseconds> add_try(db::Transaction& tx, std::string_view who, base::Time now);
/// Remove counts that have ended; returns how many.
std::int64_t remove_old_tries(db::Transaction& tx, base::Time now);

} // namespace accounts
