#pragma once
// actions/emergencies/ holds the verbs with which the desk answers alarms.

#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/emergency.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace actions {

struct TakeEmergency
{
    ServiceRequestId id;
    /// What the page showed: its events::position_now(). When it is none, nobody has seen what is folded into the
    /// emergency.
    std::string_view shown = {};
};

/// "I have it": note who takes care of an open emergency and those folded into it that the page showed, with their
/// history. The alarm for them ends on every page of the desk, that for later ones goes on, and the visitor's
/// notification of it is read. Whatever is not Done writes nothing. Throws Forbidden unless the act's visitor is of the
/// staff now, and NotFound when there is no such service request.
service_requests::TakingResult take_emergency(db::Transaction& tx, const base::Act& act, const TakeEmergency& input);

/// Lock an emergency and list those folded into it that a page at this position of the history did not show.
std::vector<ServiceRequestId> hold_unseen(db::Transaction& tx, const TakeEmergency& input);

} // namespace actions
