#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"

namespace actions {

/// Withdraw the private link of a leak report: it shows nothing any more, and no new one is made. An internal event
/// says by whom. False when there is none or it was withdrawn before: nothing is written. Throws Forbidden unless the
/// act's visitor is of the staff now.
bool withdraw_link(db::Transaction& tx, const base::Act& act, ServiceRequestId id);

} // namespace actions
