#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// "I can't go on": nobody has the open emergency any more, nor those that were folded into it, and the alarm for it
/// rings again for everybody, with the history of each. False when the act's visitor does not have it: nothing is
/// written. Throws Forbidden unless the visitor is of the staff now.
bool give_back_emergency(db::Transaction& tx, const base::Act& act, ServiceRequestId id);

} // namespace actions
