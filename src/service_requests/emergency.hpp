#pragma once
// Who takes care of an open emergency.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace service_requests {

enum class Taking : std::uint8_t
{
    Done,
    /// The act's visitor has it already; nothing is written.
    AlreadyYours,
    /// Somebody else has it; nothing is written.
    AlreadyTaken,
    /// It is resolved, or no emergency; nothing is written.
    Over
};
/// Note that the act's visitor takes care of an open emergency that nobody has; the visitor becomes a participant. Asks
/// in the same statement. The version stays: forms that others have open are not stale. Throws NotFound when there is
/// no such service request, or when the visitor is not of the active staff.
Taking set_taken(db::Transaction& tx, const base::Act& act, ServiceRequestId id);

} // namespace service_requests
