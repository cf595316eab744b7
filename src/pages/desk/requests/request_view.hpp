#pragma once

#include "pages/desk/requests/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// Everything that the page of a service request shows.
RequestView request_view(web::Context& ctx, const service_requests::ServiceRequest& request);

} // namespace pages::desk
