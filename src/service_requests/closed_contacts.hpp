#pragma once
// The contact details on service requests of customers who closed their profile. An open leak keeps them: the crew may
// have to call.

#include "base/ids.hpp"
#include "db/connection.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace service_requests {

/// True when a leak or another emergency of the user is open.
bool has_open_emergency(db::Connection& db, UserId user);
struct ClosedContact
{
    UserId user;
    std::string_view name;
    std::string_view phone;
};
/// Store name and phone in the user's open emergencies that have none, and remove them from the other ones.
void set_closed_contact(db::Transaction& tx, const ClosedContact& contact);
/// Those of closed profiles that are resolved by now and still have contact details, at most `limit`.
std::vector<ServiceRequestId> list_closed_with_contact(db::Connection& db, std::size_t limit);
/// Remove name and phone, and from where a leak was reported. The address stays: it is the leak's.
void remove_contact(db::Transaction& tx, ServiceRequestId id);

} // namespace service_requests
