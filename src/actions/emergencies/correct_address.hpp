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

} // namespace actions
