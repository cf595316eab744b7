#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/emergency.hpp"

#include <string>
#include <vector>

namespace actions {

struct ResolveFalseAlarms
{
    service_requests::Fold fold;
    /// How they know, for the history; staff only.
    std::string reason;
};

/// Resolve the open emergencies of one sender as false alarms, at most 500 at once, with their history, search words
/// and notifications to customers; returns them. Those that came in after the newest one of the fold stay open. Throws
/// Forbidden unless the act's visitor is of the staff now, and BadRequest without a reason.
std::vector<ServiceRequestId> resolve_false_alarms(
    db::Transaction& tx, const base::Act& act, const ResolveFalseAlarms& input);

} // namespace actions
