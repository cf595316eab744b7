#pragma once
// The private link of a leak report: whoever has it reads the report without a sign-in.

#include "service_requests/service_request.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace service_requests {

/// How long a link shows the report after it was resolved. A reopened one is shown again.
inline constexpr std::chrono::hours link_works_for{std::chrono::days(90)};

enum class PrivateLink : std::uint8_t
{
    /// There is none.
    None,
    Works,
    /// The report was resolved longer than link_works_for ago.
    Ended,
    /// Somebody of the staff withdrew it.
    Withdrawn
};

struct Followed
{
    ServiceRequest request;
    PrivateLink link = PrivateLink::Works;
};
/// What a private link leads to, also when it no longer shows it; nothing behind a link that is none.
std::optional<Followed> find_followed(db::Connection& db, std::string_view follow_token, base::Time now);

/// How the link of a service request is. None as well when there is no such row.
PrivateLink find_private_link(db::Connection& db, ServiceRequestId id, base::Time now);
/// Withdraw the link for ever. False when there is none or it was withdrawn before: nothing is written.
bool set_link_withdrawn(db::Transaction& tx, ServiceRequestId id, base::Time at);

} // namespace service_requests
