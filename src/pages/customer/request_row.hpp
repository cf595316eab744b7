#pragma once

#include "base/reference.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/presentation.hpp"

#include <vector>

namespace pages::customer {

inline RequestRow row_of(const base::Zone& zone, base::Time now, const service_requests::ServiceRequest& request)
{
    RequestRow row{.id = request.id,
        .title = request.title(),
        .type_name = request.type_name,
        .type_icon = request.type_icon,
        .reference = base::reference(request.id),
        .is_emergency = request.is_emergency,
        .status = request.status,
        .submitted = shared::friendly_moment(zone, request.submitted_at, now),
        .resolved = {},
        .comments = request.public_comments};
    if (request.resolved_at)
        row.resolved = shared::friendly_moment(zone, *request.resolved_at, now);
    return row;
}

inline std::vector<RequestRow> rows_of(
    const base::Zone& zone, base::Time now, const std::vector<service_requests::ServiceRequest>& requests)
{
    std::vector<RequestRow> rows;
    rows.reserve(requests.size());
    for (const service_requests::ServiceRequest& request : requests)
        rows.push_back(row_of(zone, now, request));
    return rows;
}

} // namespace pages::customer
