#pragma once

#include "pages/desk/views.hpp"
#include "pages/shared/queue_query.hpp"
#include "request_types/request_type.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <vector>

namespace pages::desk {

using RequestTypes = std::vector<request_types::RequestType>;
using FoundRequests = std::vector<service_requests::ServiceRequest>;

/// Everything the queue shows: the filter with its choices, the pinned emergencies and a row for each one found.
QueueView queue_view(
    web::Context& ctx, const shared::QueueQuery& query, const RequestTypes& types, FoundRequests found);

} // namespace pages::desk
