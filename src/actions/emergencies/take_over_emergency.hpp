#pragma once

#include "actions/emergencies/take_emergency.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/emergency.hpp"

namespace actions {

/// Note that the act's visitor takes care of an open emergency that `from` has, and of those folded into it, with their
/// history, and notify `from`. When nobody has it any more it is taken as by take_emergency(); when a third one has it,
/// nothing is written: the question was about `from`. Throws Forbidden unless the visitor is of the staff now, and
/// NotFound when there is no such service request.
service_requests::TakingResult take_over_emergency(
    db::Transaction& tx, const base::Act& act, const TakeEmergency& input, UserId from);

} // namespace actions
