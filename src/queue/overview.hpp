#pragma once

#include "service_requests/service_request.hpp"

#include <map>

namespace queue {

/// Open ones submitted at or after `from` and before `until`: mostly stored counts, whatever the number of rows.
std::int64_t count_open_between(db::Connection& db, base::Time from, base::Time until);
/// Open ones of each type; types without any are left out.
std::map<RequestTypeId, std::int64_t> count_open_by_type(db::Connection& db);

} // namespace queue
