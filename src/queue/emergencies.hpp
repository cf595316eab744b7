#pragma once
// Open emergencies as the desk's alarm, pinned rows and request pages show them.

#include "leaks/leak_report.hpp"
#include "queue/same_sender.hpp"
#include "service_requests/service_request.hpp"

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

namespace queue {

struct EmergencyCounts
{
    std::int64_t open = 0;
    /// Those of the open ones that somebody has.
    std::int64_t taken = 0;
    /// Those that nobody has and that are folded into another.
    std::int64_t folded = 0;
    /// When the oldest of the taken ones was submitted.
    std::optional<base::Time> oldest_taken;
    /// When the oldest of all that are open was.
    std::optional<base::Time> oldest;

    /// Open emergencies that nobody has, as the bar, the side bar and the overview count them, with those that are
    /// folded into another.
    std::int64_t nobody_has() const { return open - taken; }
    /// The lines of these: many of one sender are one.
    std::int64_t lines() const { return nobody_has() - folded; }
};
EmergencyCounts count_emergencies(db::Connection& db);

/// At most `limit` open emergencies that nobody has taken, without those folded into another: first those where a
/// person can't leave, then those where perhaps somebody is inside, then the others, each newest first, so that no
/// number of false reports keeps a real one from the first screen.
inline constexpr std::size_t most_waiting = 10;
std::vector<service_requests::ServiceRequest> list_waiting_emergencies(
    db::Connection& db, std::size_t limit = most_waiting);
/// In how many that nobody has a person can't leave, also folded ones, of the newest thousand.
std::int64_t count_waiting_unable_to_leave(db::Connection& db);
/// The same, and when there are more than `limit`, the newest in which nobody is unable to leave, and the one that has
/// waited longest after them: many false "can't leave" must not hide the former, nor the newest the latter. `counts` is
/// of the same snapshot.
std::vector<service_requests::ServiceRequest> list_first_and_longest_waiting(
    db::Connection& db, const EmergencyCounts& counts, std::size_t limit = most_waiting);
/// Of the same, at most most_pinned in all: more would push the other work off the screen.
inline constexpr std::size_t most_pinned = 3;
std::vector<service_requests::ServiceRequest> list_pinned_emergencies(
    db::Connection& db, const EmergencyCounts& counts);

/// What the desk knows of an emergency beside its row.
struct EmergencyFacts
{
    /// Nothing when it came in without the questions.
    std::optional<leaks::LeakReport> answers;
    /// The reporter's, or the account's when none was left.
    std::string phone;
    /// Who has it; zero for nobody.
    UserId taken_by;
    std::string taken_by_name;
    std::optional<base::Time> taken_at;
    /// The one that it is folded into; zero for none.
    ServiceRequestId folded_into;
    /// How many are folded into it, how many other addresses they name, and the newest one of these.
    std::int64_t folded = 0;
    std::int64_t other_places = 0;
    std::string newest_place;
    /// The worst answer of it and those folded into it to whether somebody is unable to leave.
    std::string unable_to_leave;
    /// The event by which it was last given back or by which another address was folded into it: its line rings again.
    /// Zero when it never did.
    EventId rings_again;
    bool is_reopened = false;
    /// It is resolved, as a false alarm.
    bool is_false_alarm = false;
    /// The newest of the other leaks that the same person reported within half an hour, at another address.
    std::optional<AlsoReported> also;
    /// The first characters of the customer's message that nobody of the staff has read; one may have no words.
    std::optional<std::string> new_message;
};
using FactsById = std::map<ServiceRequestId, EmergencyFacts>;
/// The facts of those of these service requests that are emergencies, by one query for at most 128.
FactsById list_emergency_facts(db::Connection& db, std::span<const service_requests::ServiceRequest> requests);
/// The open emergencies at a street address.
struct EmergenciesHere
{
    /// The newest ones, at most most_listed_here.
    std::vector<service_requests::ServiceRequest> newest;
    std::int64_t count = 0;
};
inline constexpr std::size_t most_listed_here = 5;
/// Those that are perhaps at the same place (base/address/likeness.hpp), the newest ones: mostly somebody left out the
/// town. Without those at the very same address.
std::vector<service_requests::ServiceRequest> list_emergencies_perhaps_at(
    db::Connection& db, const service_requests::ServiceRequest& request);
/// Those at the same street address, without this one itself and those folded into it.
EmergenciesHere list_emergencies_at_address(db::Connection& db, const service_requests::ServiceRequest& request);
/// An open emergency near a service request that is none.
struct EmergencyNear
{
    /// At the very same address; otherwise perhaps at the same place (base/address/likeness.hpp).
    bool is_certain = false;
    /// The worst answer there to whether somebody is unable to leave: "yes", "unknown" or empty.
    std::string unable_to_leave;
};
using EmergenciesNear = std::map<ServiceRequestId, EmergencyNear>;
/// Those of these service requests that have one near, by two queries for at most 128. While more than 16 emergencies
/// are open, only those at the very same address are looked for. Open emergencies are not asked about.
EmergenciesNear list_emergencies_near(db::Connection& db, std::span<const service_requests::ServiceRequest> requests);
EmergencyFacts find_emergency_facts(db::Connection& db, const service_requests::ServiceRequest& request);

} // namespace queue
