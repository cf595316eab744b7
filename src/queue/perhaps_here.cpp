// Open emergencies whose address says a little more or less than another one.

#include "base/address/likeness.hpp"
#include "queue/emergencies.hpp"
#include "queue/queue_sql.hpp"
#include "service_requests/row.hpp"

#include <algorithm>

namespace queue {

std::vector<service_requests::ServiceRequest> list_emergencies_perhaps_at(
    db::Connection& db, const service_requests::ServiceRequest& request)
{
    const std::string_view house = base::house_of(request.address_key);
    if (house.empty())
        return {};
    db::SqlBuilder sql;
    add_emergencies_of_house_sql(sql, house, request.id);
    std::vector<service_requests::ServiceRequest> found =
        db::map_rows(db.query(sql), service_requests::service_request_from_row);
    std::erase_if(found, [&](const auto& other) {
        return other.address_key == request.address_key || !base::is_perhaps_same_place(request.address, other.address);
    });
    found.resize(std::min(found.size(), most_listed_here));
    return found;
}

// The keys that begin with "12 " are those from "12 " to "12!": "!" comes right after the blank.
void add_emergencies_of_house_sql(db::SqlBuilder& sql, std::string_view house, ServiceRequestId without)
{
    constexpr std::size_t most_looked_at = 100;
    std::string end(house);
    ++end.back();
    sql.add(service_requests::row_columns).add(" FROM service_servicerequest r").add(service_requests::row_joins);
    sql.add(" WHERE r.is_emergency = 1 AND r.status = 'Pending' AND r.address_key <> '' AND r.address_key >= ")
        .bind(house);
    sql.add(" AND r.address_key < ").bind(std::string_view(end)).add(" AND r.id <> ").bind(without.value);
    sql.add(" AND COALESCE(r.folded_into, 0) <> ").bind(without.value);
    sql.add(" ORDER BY r.id DESC LIMIT ").bind(most_looked_at);
}

} // namespace queue
