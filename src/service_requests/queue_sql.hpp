#pragma once

#include "service_requests/queue.hpp"
#include "service_requests/search.hpp"

namespace service_requests {

/// Appends " AND …" for status, types and dates, for walking in order of id.
void add_export_filter(db::SqlBuilder& sql, const QueueFilter& filter);
/// Appends the statement for one page without a search; a test asks the planner about it.
void add_browse_sql(db::SqlBuilder& sql, const QueueFilter& filter);
/// Appends the statement for one page of what a search finds in one place.
void add_search_sql(db::SqlBuilder& sql, const QueueFilter& filter, const Search& search, SearchPlace place);

} // namespace service_requests
