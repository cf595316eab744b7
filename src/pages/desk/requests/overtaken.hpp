#pragma once
// Somebody else changed the status while a colleague was about to: the page says who, what and when.

#include "pages/desk/requests/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <optional>
#include <string>

namespace pages::desk {

/// The query of the page after a change to `wanted` that came too late; a reload shows the same.
std::string overtaken_query(service_requests::Status wanted);
/// What the page says for that query; nothing without one, or when the status was never changed.
std::optional<Overtaken> find_overtaken(web::Context& ctx, const service_requests::ServiceRequest& request);

} // namespace pages::desk
