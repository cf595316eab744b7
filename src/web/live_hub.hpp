#pragma once

#include "base/ids.hpp"
#include "base/visitor.hpp"
#include "http/response.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace web {

/// One open page: what it shows and how far it has been told. The dispatcher alone reads and changes `position` and
/// `unread`.
struct Subscription
{
    base::Visitor visitor;
    std::string session_hash;
    /// The service request shown, zero for none.
    ServiceRequestId service_request;
    /// The page is the staff's queue; `queue_query` holds its filter.
    bool is_queue = false;
    std::string queue_query;
    /// How far the page (or the client's Last-Event-ID) has heard the history; as text that only events/ reads.
    std::string position;
    /// The number of unread notifications that it was told last.
    std::optional<std::int64_t> unread;
    std::shared_ptr<http::EventSink> sink;
};

/// A change to an open page: `html` goes into the element with data-slot="slot" ("append", "prepend", "replace"); an
/// element with the same id is replaced instead. `say` is shown and read out; may be empty.
struct LivePatch
{
    std::string slot;
    std::string_view mode;
    std::string html;
    std::string say;
};

/// Who is listening. Thread-safe. Knows nothing of what is sent: app/live_dispatcher reads events and renders them.
class LiveHub
{
  public:
    static constexpr std::size_t most_for_a_session = 8;

    /// Adds a page; the oldest of the same session is closed when it has more than eight.
    void add(std::shared_ptr<Subscription> subscription);
    /// Those still open; forgets the others.
    std::vector<std::shared_ptr<Subscription>> open_subscriptions();
    /// Says goodbye to and closes all pages of a session that has ended.
    void end_session(std::string_view session_hash);
    /// Wakes the dispatcher; called after every commit.
    void wake();
    /// Waits until woken, closed or `milliseconds` have passed; false when closed.
    bool wait(int milliseconds);
    /// Makes wait() return false.
    void close();

  private:
    std::mutex mutex_;
    std::condition_variable woken_;
    bool is_woken_ = false;
    bool is_closed_ = false;
    std::vector<std::shared_ptr<Subscription>> subscriptions_;
};

/// One Server-Sent Event; `data` has no line break. The client names the last `id` it got when it comes back; an empty
/// one leaves that as it was.
std::shared_ptr<const std::string> sse_message(std::string_view id, std::string_view name, std::string_view data);

} // namespace web
