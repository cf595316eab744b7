#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

namespace service_requests {

/// Remembers that a member of staff wrote on the service request or changed its status; such participants are told what
/// the customer does next. Nothing happens for a customer, for nobody, and the second time.
void add_participant(db::Transaction& tx, ServiceRequestId id, UserId user);

} // namespace service_requests
