#pragma once

#include "base/reference.hpp"
#include "service_requests/views.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace service_requests {

/// The instant for lists and timelines: "today, 4:31 PM".
inline Moment friendly_moment(const base::Zone& zone, base::Time at, base::Time now)
{
    return {zone.friendly(at, now), base::iso_utc(at)};
}

/// The instant with the zone's name: "Nov 16, 2026, 4:31 PM EST".
inline Moment exact_moment(const base::Zone& zone, base::Time at)
{
    return {zone.date_time(at), base::iso_utc(at)};
}

inline RequestRow row_of(const base::Zone& zone, base::Time now, const ServiceRequest& request)
{
    RequestRow row{.id = request.id,
        .title = request.title(),
        .type_name = request.type_name,
        .type_icon = request.type_icon,
        .reference = base::reference(request.id),
        .is_emergency = request.is_emergency,
        .status = request.status,
        .submitted = friendly_moment(zone, request.submitted_at, now),
        .resolved = {},
        .comments = request.public_comments};
    if (request.resolved_at)
        row.resolved = friendly_moment(zone, *request.resolved_at, now);
    return row;
}

inline std::vector<RequestRow> rows_of(
    const base::Zone& zone, base::Time now, const std::vector<ServiceRequest>& requests)
{
    std::vector<RequestRow> rows;
    rows.reserve(requests.size());
    for (const ServiceRequest& request : requests)
        rows.push_back(row_of(zone, now, request));
    return rows;
}

inline StateView state_of(const base::Zone& zone, const ServiceRequest& request, const std::vector<TimelineItem>& items)
{
    StateView state{.status = request.status,
        .is_emergency = request.is_emergency,
        .submitted = exact_moment(zone, request.submitted_at),
        .answered = {},
        .resolved = {}};
    for (const TimelineItem& item : items) {
        if (!item.is_comment || !item.by_staff || item.is_internal)
            continue;
        state.answered = Moment{item.when, item.when_iso};
        break;
    }
    if (request.resolved_at)
        state.resolved = exact_moment(zone, *request.resolved_at);
    return state;
}

inline web::Alarm alarm_of(const base::Zone& zone, base::Time now, const ServiceRequest& request)
{
    return {.id = request.id,
        .version = request.version,
        .reference = base::reference(request.id),
        .type_name = request.type_name,
        .address = request.address,
        .phone = request.contact_phone,
        .when = zone.friendly(request.submitted_at, now),
        .when_iso = base::iso_utc(request.submitted_at)};
}

} // namespace service_requests
