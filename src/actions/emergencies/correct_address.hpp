#pragma once

#include "base/act.hpp"
#include "db/connection.hpp"
#include "service_requests/address.hpp"

namespace actions {

/// Correct the address of an open service request, whether an emergency or not, with an event that the customer reads.
/// False when it was resolved, or its address changed after the visitor saw it: nothing is written. Throws Forbidden
/// unless the visitor is of the staff now.
bool correct_address(
    db::Transaction& tx, const base::Act& act, ServiceRequestId id, const service_requests::AddressChange& change);

/// Add the address to the visitor's own open service request that has none, with an event that everybody reads. False
/// when it has one by now or is resolved. Throws NotFound for what is not theirs.
bool add_address(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const std::string& address);

} // namespace actions
