#pragma once

#include "db/database.hpp"

#include <cstdint>
#include <functional>

namespace commands::import_django {

/// Adds the events that the rows of service requests and comments imply and that are not there yet: submitted,
/// commented, resolved and reopened, each at its own time, in the order of time within a service request. Made in
/// transactions of a hundred service requests; what was done once is found and not done again. `told` hears the last
/// id.
void derive_history(db::Database& database, base::Time now, const std::function<void(std::int64_t)>& told);

} // namespace commands::import_django
