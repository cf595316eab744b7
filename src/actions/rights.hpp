#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace actions {

/// Throw Forbidden unless the act's visitor has at least this role in the database now, or the program acts.
void require_role(db::Connection& db, const base::Act& act, base::Role least);

/// Throw base::TooManyAttempts, in words for the customer, when the act's visitor submitted as many service requests
/// within 24 hours as `most` allows (zero: any number), those `just_added` in this transaction apart.
void require_room_for_request(db::Connection& db, const base::Act& act, std::int64_t most, std::int64_t just_added = 0);

} // namespace actions
