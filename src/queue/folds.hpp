#pragma once
// Many open emergencies of one sender are one line at the desk: the first one, and the others folded into it.

#include "leaks/leak_report.hpp"
#include "service_requests/service_request.hpp"

#include <chrono>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace queue {

/// Reports of a sender further apart than this are not one line.
inline constexpr std::chrono::hours longest_fold{24};

/// A leak report that has just been added.
struct Reported
{
    ServiceRequestId id;
    UserId user_id;
    std::string_view address;
    const leaks::LeakReport& report;
    base::Time since{};
};
/// A sender has so many lines, each at an address of its own: behind one IP address of a phone company, a school or a
/// building are many households. From then on it is a flood, which must not hide the report of anybody else.
inline constexpr std::size_t most_different = 10;
/// The open emergency that nobody has into which this one may be folded: the newest of the sender at this address or,
/// when there are most_different, the newest of all. Nothing when the sender is unknown. Never one whose answer is
/// better: "not sure" whether everyone can leave is not folded into "everyone can leave", and "person can't leave" only
/// in a flood of such. And a customer never into a guest or another customer.
std::optional<ServiceRequestId> find_open_of_sender(db::Connection& db, const Reported& reported);

/// The fold that an emergency leads.
struct FoldList
{
    std::string sender;
    /// With the first one.
    std::int64_t total = 0;
    /// The newest of those folded into the first one, newest first.
    std::vector<service_requests::ServiceRequest> folded;
};
inline constexpr std::size_t most_listed_in_fold = 50;
FoldList list_fold(db::Connection& db, ServiceRequestId first);
/// The newest open emergencies of anybody else at these addresses (service_requests::address_key): without the first
/// one and those folded into it.
inline constexpr std::size_t most_listed_beside_fold = 20;
std::vector<service_requests::ServiceRequest> list_others_at_addresses(
    db::Connection& db, const std::set<std::string>& address_keys, ServiceRequestId first);

} // namespace queue
