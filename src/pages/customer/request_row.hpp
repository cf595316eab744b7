#pragma once

#include "base/reference.hpp"
#include "pages/customer/views.hpp"
#include "pages/shared/presentation.hpp"

#include <utility>
#include <vector>

namespace pages::customer {

inline RequestRow row_of(const i18n::Dates& dates, service_requests::ServiceRequest&& request)
{
    RequestRow row{.id = request.id,
        .title = request.title(),
        .type_name = std::move(request.type_name),
        .type_icon = std::move(request.type_icon),
        .reference = base::reference(request.id),
        .is_emergency = request.is_emergency,
        .status = request.status,
        .submitted = shared::friendly_moment(dates, request.submitted_at),
        .resolved = {},
        .is_taken = request.taken_at.has_value(),
        .comments = request.public_comments,
        .unread_answer_by = std::move(request.unread_answer_by)};
    row.has_own_title = row.title != row.type_name;
    if (request.resolved_at)
        row.resolved = shared::friendly_moment(dates, *request.resolved_at);
    return row;
}

inline std::vector<RequestRow> rows_of(
    const i18n::Dates& dates, std::vector<service_requests::ServiceRequest>&& requests)
{
    std::vector<RequestRow> rows;
    rows.reserve(requests.size());
    for (service_requests::ServiceRequest& request : requests)
        rows.push_back(row_of(dates, std::move(request)));
    return rows;
}

} // namespace pages::customer
