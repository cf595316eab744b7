#pragma once

#include "admin/views.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <optional>

namespace admin {

/// Everything the staff's page of one service request shows, but the frame.
RequestView request_view(web::Context& ctx, const service_requests::ServiceRequest& request);
/// The pill, dates and age.
RequestState request_state(const base::Zone& zone, const service_requests::ServiceRequest& request, base::Time now);
/// An event in the staff's words: "resolved it", "wrote an internal note".
HistoryLine history_line(const base::Zone& zone, const events::Event& event, base::Time now);

} // namespace admin
