#pragma once

#include "pages/desk/requests/views.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <optional>

namespace pages::desk {

/// The open emergencies of one sender that this one belongs to. Nothing where there is only one: other pages pay
/// nothing for it.
std::optional<FoldView> fold_view(
    web::Context& ctx, const service_requests::ServiceRequest& request, const shared::EmergencyStrip& emergency);

} // namespace pages::desk
