#pragma once

#include "actions/write_comment.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/service_request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace actions {

/// What somebody found out before an open emergency is resolved.
enum class Finding : std::uint8_t
{
    /// Everybody is safe and the gas is off.
    MadeSafe,
    FalseAlarm
};
struct EmergencyEnd
{
    Finding finding = Finding::MadeSafe;
    /// How they know, for the history; staff only.
    std::string reason;
};

struct ChangeStatus
{
    ServiceRequestId service_request;
    service_requests::Status status = service_requests::Status::Pending;
    /// The version that the visitor saw.
    std::int64_t version = 0;
    /// Written with the change, in this order; the notification of the change tells of them too.
    std::vector<WriteComment> comments = {};
    /// A public comment that is written already and asks for the change; the notification shows its first words.
    CommentId said_by = {};
    /// Of an open emergency that is to be resolved; ignored otherwise.
    std::optional<EmergencyEnd> end = {};
    /// The customer's newest comment on the visitor's page, zero for none; absent when there is no page.
    std::optional<CommentId> seen = {};
};

/// Resolve or reopen a service request and write the comments that go with it, its history, search words and
/// notifications. A change by staff notifies the customer, a change by the customer notifies the staff who took part,
/// a reopened gas leak notifies all active staff and the customer, and a resolved one the colleague who had it. An open
/// emergency is resolved only with an end that has a reason, and is NotSafeYet otherwise. Nothing is resolved over a
/// comment of the customer that is newer than `seen`: Unseen. Whatever is not Done writes nothing, not even the
/// comments. Customers reopen only their own; throws NotFound for what the act's visitor may not change.
service_requests::StatusChange change_status(db::Transaction& tx, const base::Act& act, const ChangeStatus& input);

} // namespace actions
