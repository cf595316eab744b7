#pragma once

#include "actions/write_comment.hpp"
#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/service_request.hpp"

#include <cstdint>
#include <vector>

namespace actions {

struct ChangeStatus
{
    ServiceRequestId service_request;
    service_requests::Status status = service_requests::Status::Pending;
    /// What the visitor saw.
    std::int64_t version = 0;
    /// Written with the change, in this order.
    std::vector<WriteComment> comments = {};
};

/// Resolve or reopen a service request and write the comments that go with it, with its history, search words and
/// notifications: the customer when staff changed it, the staff who took part when the customer did, and for a gas
/// leak that is open again all active staff and the customer. Stale and AlreadySo write nothing at all, the comments
/// neither. Customers only reopen their own; throws NotFound for what the act's visitor may not change.
service_requests::StatusChange change_status(db::Transaction& tx, const base::Act& act, const ChangeStatus& input);

} // namespace actions
