#pragma once
// Leaks that one person reports at several addresses within half an hour: mostly somebody who went back and corrected
// the address. Each is an emergency of its own, and names the others.

#include "queue/folds.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace queue {

inline constexpr std::chrono::minutes sent_together{30};

struct Earlier
{
    /// The first one of several.
    ServiceRequestId first;
    /// The same user or the same browser; otherwise only the same phone number from the same network.
    bool is_shown = false;
};
/// Who reports a leak, as far as it is known.
struct Reporter
{
    /// The last leak that the same browser reported; zero for none.
    ServiceRequestId last_of_browser;
    std::string_view phone;
};
/// What the sender of this report reported at another address within sent_together before it, whether open or not.
/// Reported::since is not asked.
std::optional<Earlier> find_earlier_of_sender(
    db::Connection& db, const Reported& reported, const Reporter& reporter, base::Time now);
/// Remember it for list_also_reported().
void set_earlier(db::Transaction& tx, ServiceRequestId id, const Earlier& earlier);

/// Another leak of the same sender.
struct AlsoReported
{
    ServiceRequestId id;
    std::string address;
    base::Time submitted_at{};
};
/// The others, newest first, at most five.
std::vector<AlsoReported> list_also_reported(db::Connection& db, ServiceRequestId id);
/// What one of them says. The caller has found it in the same snapshot.
AlsoReported get_also_reported(db::Connection& db, ServiceRequestId id);
/// The first one, for the page of the sender; nothing when that may not say it.
std::optional<AlsoReported> find_shown_earlier(db::Connection& db, ServiceRequestId id);

} // namespace queue
