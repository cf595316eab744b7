#include "pages/shared/request_state.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace pages::shared {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

std::string what_happened(const events::Event& event)
{
    if (event.kind == events::Kind::Submitted)
        return "submitted the request";
    if (event.kind == events::Kind::Resolved)
        return "set it to Resolved";
    if (event.kind == events::Kind::Reopened)
        return "set it to Pending again";
    if (event.kind == events::Kind::Commented)
        return event.visibility == base::Visibility::Internal ? "wrote an internal note" : "wrote a comment";
    if (event.kind == events::Kind::Attached)
        return "attached " + event.after_value;
    if (event.kind == events::Kind::Taken)
        return "took care of it: \u201cI have it\u201d";
    if (event.kind == events::Kind::FalseAlarm)
        return "marked it as a false alarm" + (event.after_value.empty() ? "" : ": " + event.after_value);
    return "changed something";
}

/// Guests write and reopen, but nobody resolves as one: an imported history does not know who did.
std::string who(const events::Event& event)
{
    if (!event.actor_name.empty())
        return event.actor_name;
    return event.kind == events::Kind::Resolved ? "The system" : "Guest";
}

} // namespace

RequestState request_state(const base::Zone& zone, const ServiceRequest& request, base::Time now)
{
    RequestState state;
    state.status = request.status;
    state.submitted = zone.date_time(request.submitted_at);
    state.submitted_iso = base::iso_utc(request.submitted_at);
    if (request.resolved_at) {
        state.resolved = zone.date_time(*request.resolved_at);
        state.resolved_iso = base::iso_utc(*request.resolved_at);
    } else {
        state.age = base::short_duration(now - request.submitted_at);
    }
    state.is_pinned = request.is_emergency && request.status == Status::Pending;
    return state;
}

HistoryLine history_line(const base::Zone& zone, const events::Event& event, base::Time now)
{
    return {.element_id = fmt::format("h{}", event.id.value),
        .when = zone.friendly(event.created_at, now),
        .when_iso = base::iso_utc(event.created_at),
        .who = who(event),
        .what = what_happened(event)};
}

} // namespace pages::shared
