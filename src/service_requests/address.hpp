#pragma once

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

#include <string>

namespace service_requests {

struct AddressChange
{
    /// What the visitor saw.
    std::string before;
    std::string after;
};
/// Correct the address of an open service request, and the key by which those at one address find each other; moves
/// updated_at. False when it is resolved or its address is another one by now: nothing is written.
bool set_address(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const AddressChange& change);

} // namespace service_requests
