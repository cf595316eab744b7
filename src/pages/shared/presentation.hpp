#pragma once

#include "base/reference.hpp"
#include "base/time.hpp"
#include "pages/shared/views.hpp"
#include "web/page.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pages::shared {

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

inline StateView state_of(
    const base::Zone& zone, const service_requests::ServiceRequest& request, const std::vector<timeline::Item>& items)
{
    StateView state{.status = request.status,
        .is_emergency = request.is_emergency,
        .submitted = exact_moment(zone, request.submitted_at),
        .answered = {},
        .resolved = {}};
    for (const timeline::Item& item : items) {
        if (!item.is_comment || !item.by_staff || item.is_internal)
            continue;
        state.answered = Moment{item.when, item.when_iso};
        break;
    }
    if (request.resolved_at)
        state.resolved = exact_moment(zone, *request.resolved_at);
    return state;
}

} // namespace pages::shared
