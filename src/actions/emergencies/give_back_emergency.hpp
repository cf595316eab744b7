#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace actions {

/// "I can't go on": nobody has the open emergency any more, nor those that were folded into it, and the alarm for it
/// rings again for everybody, with the history of each. False when the act's visitor does not have it: nothing is
/// written. Throws Forbidden unless the visitor is of the staff now.
bool give_back_emergency(db::Transaction& tx, const base::Act& act, ServiceRequestId id);
/// The same for all that `user` has, who signs out or is taken off the desk by the act's visitor. Returns how many. The
/// caller has asked for the right.
std::int64_t give_back_all(db::Transaction& tx, const base::Act& act, UserId user);

} // namespace actions
