#include "service_requests/address.hpp"

#include "service_requests/service_request.hpp"

namespace service_requests {

bool set_address(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const AddressChange& change)
{
    return tx.execute(R"(
        UPDATE service_servicerequest SET address = $3, address_key = $4, updated_at = $5
         WHERE id = $1 AND address = $2 AND status = 'Pending')",
               id, change.before, change.after, address_key(change.after), act.at) == 1;
}

} // namespace service_requests
