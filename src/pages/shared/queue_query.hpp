#pragma once
// The queue's filter as a query string; doors and live pages share it. Each query itself is in the folder of its noun.

#include "queue/queue.hpp"
#include "request_types/request_type.hpp"
#include "web/page.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pages::shared {

/// The queue's filter as its URL carries it: ?status=&type=&q=&user=&account=&from=&until=&resolved=today&alarm=&sort=
/// &size=&at=. Types may repeat. Upper and lower case are the same.
struct QueueQuery
{
    search::Filter filter;
    /// Chosen types' slugs, in the order given.
    std::vector<std::string> types;
    /// Dates as typed into the form.
    std::string from;
    std::string until;
    bool resolved_today = false;
    /// The position as the URL carries it; empty on the first page.
    std::string at;
    /// What could not be read and is left out: a value that no link of ours has.
    std::vector<base::Text> ignored;
    /// More was typed than a search can have.
    bool is_cut = false;

    /// What the page says about the filter: what it ignored, and why nothing can match.
    std::vector<base::Text> notes() const;
    /// "?status=Pending&q=meter" without the position; "?" alone is never returned: empty for no filter.
    std::string text() const;
    /// Change one member of the query, for links: an empty value drops it. The position is dropped.
    std::string with(std::string_view name, std::string_view value) const;
    /// The same from the same position on.
    std::string here_with(std::string_view name, std::string_view value) const;
    /// This page of the list, for urls::from_list: "?" alone for the first page of all.
    std::string as_list() const;
    /// The place in the side bar that shows this list, whatever narrows it further.
    web::Place place() const;
    /// Of that list, whatever narrows it further.
    base::Text list_name() const;
    base::Text heading() const;
    /// The same filter, but in all requests.
    QueueQuery of_all_requests() const;
    /// Something narrows the list further than its place in the side bar and its status do.
    bool is_narrowed() const;
};

/// Decoded fields of a query string, in order.
using QueryFields = std::vector<std::pair<std::string, std::string>>;

/// Never refuses: for a page, which says what it ignored.
QueueQuery read_any_queue_query(const QueryFields& fields, const std::vector<request_types::RequestType>& types,
    const base::Zone& zone, base::Time now);
/// Throws base::BadRequest naming the first value that it would have to ignore: for what nobody looks at, such as a
/// download of more than was asked for.
QueueQuery read_queue_query(const QueryFields& fields, const std::vector<request_types::RequestType>& types,
    const base::Zone& zone, base::Time now);
/// Split and decode "a=b&c=d"; malformed pieces are ignored.
QueryFields split_query(std::string_view text);

} // namespace pages::shared
