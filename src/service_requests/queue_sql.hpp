#pragma once

#include "service_requests/queue.hpp"

namespace service_requests {

/// Appends " AND …" for status, types and dates, when something else leads through the rows in order.
void add_row_filters(db::SqlBuilder& sql, const QueueFilter& filter, db::Engine engine);
/// Appends the statement for one page without a search; a test asks the planner about it.
void add_browse_sql(db::SqlBuilder& sql, const QueueFilter& filter, db::Engine engine);
/// Appends the statement for the open emergencies; a test asks the planner about it.
void add_open_emergencies_sql(db::SqlBuilder& sql, std::size_t limit = most_pinned);
/// Appends where a page of matches begins, its order and its length. `id` is the column that the matches are walked by.
void add_match_position(db::SqlBuilder& sql, const QueueFilter& filter, db::Sql id);

} // namespace service_requests
