#pragma once

#include "events/event.hpp"
#include "pages/desk/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <optional>

namespace pages::desk {

/// Everything the staff's page of one service request shows, except the frame.
RequestView request_view(web::Context& ctx, const service_requests::ServiceRequest& request);

} // namespace pages::desk
