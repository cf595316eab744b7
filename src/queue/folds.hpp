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
    std::string_view phone;
    /// Somebody gave a phone number, a name or words.
    bool has_details = false;
    const leaks::LeakReport& report;
    base::Time since{};
};
/// So many reports without details of one sender are each a line and a notification when they name different streets:
/// behind one IP address of a phone company are many households.
inline constexpr std::size_t most_separate = 3;
/// And so many lines whatever they say: from then on it is a flood, which must not hide the report of anybody else.
inline constexpr std::size_t most_different = 10;
/// The open emergency that nobody has into which this one may be folded, because it looks the same: the newest of the
/// sender at this address or with this phone number or, for one without details, the newest without details when there
/// are most_separate; the newest of all when there are most_different. Nothing when the sender is unknown. "Person
/// can't leave" is folded in a flood of such only, and a customer never into a guest or another customer: behind one IP
/// address may be many people.
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
