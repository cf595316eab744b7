#pragma once

#include "events/event.hpp"
#include "service_requests/service_request.hpp"
#include "web/live_hub.hpp"
#include "web/site.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace admin {

/// What one event changes on the staff's page of its service request.
std::vector<web::LivePatch> live_patches(const web::Site& site, db::Connection& db,
    const service_requests::ServiceRequest& request, const events::Event& event, const base::Visitor& viewer);

struct LiveRow
{
    web::LivePatch patch;
    bool is_emergency = false;
};
/// The queue row that one event adds or changes for a queue shown with this filter (its query string); nothing when it
/// does not fit the filter and is no open emergency.
std::optional<LiveRow> live_row(const web::Site& site, db::Connection& db,
    const service_requests::ServiceRequest& request, const events::Event& event, std::string_view queue_query);

} // namespace admin
