#pragma once

#include "queue/queue.hpp"

namespace queue {

/// Append the statement for the open emergencies; a test asks the planner about it.
void add_open_emergencies_sql(db::SqlBuilder& sql, std::size_t limit = most_pinned);

} // namespace queue
