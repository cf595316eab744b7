#pragma once

#include "service_requests/service_request.hpp"

namespace service_requests {

enum class QueueSort : std::uint8_t
{
    Newest,
    Oldest,
    Updated
};

/// The staff's filter: what the queue's address holds. Everything is optional.
struct QueueFilter
{
    std::optional<Status> status;
    std::vector<RequestTypeId> types;
    /// Submitted at or after / before.
    std::optional<base::Time> from;
    std::optional<base::Time> until;
    /// Resolved at or after.
    std::optional<base::Time> resolved_from;
    /// Words, each of which must occur in reference, user name, full name, e-mail, account number, address, type or
    /// description. The last one may be the beginning of a word if it is longer than one letter.
    std::string search;
    QueueSort sort = QueueSort::Newest;
    std::size_t page_size = 25;
    /// Where the page begins: the sort value (submitted or updated, in milliseconds) and id of the row before it;
    /// nothing for the first page. With a search, Newest and Oldest go by id alone, and Updated sorts the newest 1,000
    /// matches.
    struct Position
    {
        std::int64_t sort_value = 0;
        ServiceRequestId id;
    };
    std::optional<Position> position;
    /// Only this one, if it fits; zero for any.
    ServiceRequestId only;
};

/// One page (page_size + 1 rows at most, the last tells that there is another) in the filter's order.
std::vector<ServiceRequest> list_queue(db::Connection& db, const QueueFilter& filter);
/// The newest `limit` open emergencies, newest first: pinned on top of every queue page whatever the filter. Newest
/// first, so that no number of false reports keeps a real one from the first screen.
inline constexpr std::size_t most_pinned = 100;
std::vector<ServiceRequest> list_open_emergencies(db::Connection& db, std::size_t limit = most_pinned);
/// How many there are in all.
std::int64_t count_open_emergencies(db::Connection& db);
/// True when the row fits the filter (order, position and page size aside); the live queue asks it.
bool matches(db::Connection& db, const QueueFilter& filter, ServiceRequestId id);

struct QueueCounts
{
    std::int64_t open = 0;
    std::int64_t open_emergencies = 0;
    std::int64_t resolved_today = 0;
};
/// Counts shown in the side bar; `today` is when the site's day began.
QueueCounts count_queue(db::Connection& db, base::Time today);

} // namespace service_requests
