#pragma once

#include "pages/shared/source.hpp"
#include "service_requests/service_request.hpp"

#include <optional>
#include <string>

namespace pages::shared {

/// templates/shared/emergency_here.html: an open emergency at the address of another service request. A live slot of
/// that one's page.
struct EmergencyHere
{
    ServiceRequestId id;
    std::string reference;
    std::string title;
};

/// The newest one; nothing when there is none.
std::optional<EmergencyHere> emergency_here(const Source& source, const service_requests::ServiceRequest& request);

} // namespace pages::shared
