#pragma once

#include "events/event.hpp"
#include "service_requests/service_request.hpp"
#include "web/live_hub.hpp"
#include "web/site.hpp"

#include <vector>

namespace service_requests {

/// What one event changes on the customer's page of its service request. Empty for internal events.
std::vector<web::LivePatch> live_patches(const web::Site& site, db::Connection& db, const ServiceRequest& request,
    const events::Event& event, const base::Visitor& viewer);

} // namespace service_requests
