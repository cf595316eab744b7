#pragma once

#include "actions/change_status.hpp"
#include "base/act.hpp"
#include "comments/comment.hpp"
#include "db/connection.hpp"
#include "service_requests/emergency.hpp"

#include <optional>
#include <vector>

namespace actions {

struct ResolveFalseAlarms
{
    service_requests::Fold fold;
    /// Those that the page named, also when one has left the fold since because somebody took it.
    std::vector<ServiceRequestId> shown = {};
    EmergencyEnd end;
    /// The newest comment of the first one's customer on the page, zero for none; absent when there is no page.
    std::optional<CommentId> seen = {};
};
/// All but one are empty.
struct FalseAlarms
{
    std::vector<ServiceRequestId> resolved = {};
    /// What the first one's customer wrote since: nothing is resolved.
    std::optional<comments::Comment> unseen = {};
    /// Somebody else has these: nothing is resolved, because a colleague found reason to act.
    std::vector<service_requests::Held> held = {};
};

/// Resolve the open emergencies of one sender, at most 500 at once, with their history, search words and notifications
/// to customers. Those that came in after the newest one of the fold stay open; none is resolved when somebody else has
/// one that was shown or the first one's customer wrote since, and never one that somebody else takes meanwhile. Throws
/// Forbidden unless the act's visitor is of the staff now, and BadRequest without a reason.
FalseAlarms resolve_false_alarms(db::Transaction& tx, const base::Act& act, const ResolveFalseAlarms& input);

} // namespace actions
