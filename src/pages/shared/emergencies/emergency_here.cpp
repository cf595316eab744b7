#include "pages/shared/emergencies/emergency_here.hpp"

#include "base/reference.hpp"
#include "queue/emergencies.hpp"

namespace pages::shared {

std::optional<EmergencyHere> emergency_here(const Source& source, const service_requests::ServiceRequest& request)
{
    const auto found = queue::find_emergency_at_address(source.db, request);
    if (!found)
        return std::nullopt;
    return EmergencyHere{.id = found->id, .reference = base::reference(found->id), .title = found->title()};
}

} // namespace pages::shared
