#pragma once

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace actions {

/// What one of the staff did with an emergency that a colleague had.
enum class EmergencyNews : std::uint8_t
{
    TakenOver,
    Resolved,
    FalseAlarm
};
struct EmergencyOver
{
    ServiceRequestId id;
    /// Who had it.
    UserId had;
    /// The public comment that came with it.
    CommentId said_by = {};
};

/// Notify whoever had an emergency of what the act's visitor did with it, on the site and by mail, unless they switched
/// that off.
void tell_who_had_it(db::Transaction& tx, const base::Act& act, const EmergencyOver& over, EmergencyNews news);

} // namespace actions
