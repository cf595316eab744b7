#pragma once

#include "pages/shared/source.hpp"
#include "service_requests/service_request.hpp"
#include "web/page.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace pages::shared {

/// templates/shared/emergency_here.html: the open emergencies at the address of another service request. A live slot of
/// that one's page.
struct EmergencyHere
{
    struct Link
    {
        ServiceRequestId id;
        std::string reference;
        std::string title;
        /// The worst of it and of those folded into it.
        web::LeakAnswers leak;
        std::string address = {};
    };
    /// The newest ones.
    std::vector<Link> links;
    std::int64_t count = 0;
    /// The list of all of them, when these are not all; otherwise empty.
    std::string list;
    /// Those that are perhaps at the same place.
    std::vector<Link> perhaps = {};
};

/// Nothing when there is none.
std::optional<EmergencyHere> emergency_here(const Source& source, const service_requests::ServiceRequest& request);

} // namespace pages::shared
