#include "queue/overview.hpp"

#include "service_requests/counter.hpp"

namespace queue {

std::int64_t count_open_between(db::Connection& db, base::Time from, base::Time until)
{
    return service_requests::count_open_since(db, from) - service_requests::count_open_since(db, until);
}

std::map<RequestTypeId, std::int64_t> count_open_by_type(db::Connection& db)
{
    return service_requests::stored_open_by_type(db);
}

} // namespace queue
