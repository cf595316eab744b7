#pragma once
// actions/emergencies/ holds the verbs with which the desk answers alarms.

#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/emergency.hpp"

namespace actions {

/// "I have it": note who takes care of an open emergency and those folded into it, with their history. The alarm for it
/// ends on every page of the desk, and the visitor's notification of it is read. Whatever is not Done writes nothing.
/// Throws Forbidden unless the act's visitor is of the staff now, and NotFound when there is no such service request.
service_requests::Taking take_emergency(db::Transaction& tx, const base::Act& act, ServiceRequestId id);

} // namespace actions
