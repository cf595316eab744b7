#pragma once

#include "pages/shared/source.hpp"
#include "service_requests/service_request.hpp"
#include "web/page.hpp"

#include <optional>
#include <string>
#include <vector>

namespace pages::shared {

/// templates/shared/emergency_strip.html: what matters of an emergency, across the head of the staff's page. A live
/// slot.
struct EmergencyStrip
{
    ServiceRequestId id;
    std::string reference;
    bool is_open = false;
    web::LeakAnswers leak;
    std::string address;
    std::string phone;
    UserId taken_by;
    std::string taken_by_name;
    std::string taken_when;
    std::string taken_when_iso;
    std::string taken_when_exact;
    /// Other leaks of the same person at other addresses.
    struct Also
    {
        ServiceRequestId id;
        base::Text words;
    };
    std::vector<Also> also;
    ServiceRequestId folded_into;
    /// How many are folded into it.
    std::int64_t folded = 0;
    /// How long they have had it; empty for less than a minute.
    std::string taken_age;
    /// Who looks at it; zero in a live piece, which is drawn for all of the staff: each page finds its own.
    UserId viewer;
    /// The form of the page that its buttons belong to; see web::AlarmBoard.
    std::string_view form = "take";
};

/// Nothing when it is no emergency.
std::optional<EmergencyStrip> emergency_strip(const Source& source, const service_requests::ServiceRequest& request);

} // namespace pages::shared
