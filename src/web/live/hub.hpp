#pragma once

#include "base/ids.hpp"
#include "base/visitor.hpp"
#include "http/response.hpp"
#include "web/live/topic.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace web {

/// One open page (a tab): what it shows, and how far it has heard the history, as text that only events/ reads.
struct LivePage
{
    std::string position;
    std::vector<LiveTopic> topics;
};

/// The stream of one browser with all its pages. The dispatcher alone changes it once it is in the hub.
struct LiveStream
{
    base::Visitor visitor;
    std::string session_hash;
    /// The name that the browser gave itself: a new stream of it takes the place of the one before.
    std::string browser;
    /// In the order of the stream's address; messages name them by their number.
    std::vector<LivePage> pages;
    /// The number of unread notifications that was told last.
    std::optional<std::int64_t> unread;
    /// Events that passed without a word since the browser last heard of a position.
    std::size_t passed = 0;
    std::shared_ptr<http::EventSink> sink;
};

/// Who is listening. Thread-safe. Knows nothing of what is sent: live/ reads events and renders them.
class LiveHub
{
  public:
    static constexpr std::size_t most_for_a_session = 8;

    /// Adds a stream in the place of the same browser's; the oldest of the same session is closed when it has more than
    /// eight.
    void add(std::shared_ptr<LiveStream> stream);
    /// Those still open; forgets the others.
    std::vector<std::shared_ptr<LiveStream>> open_streams();
    /// Says goodbye to and closes all streams of a session that has ended.
    void end_session(std::string_view session_hash);
    /// Wakes the dispatcher; called after every commit.
    void wake();
    /// Waits until woken, closed or `milliseconds` have passed; false when closed.
    bool wait(int milliseconds);
    /// Makes wait() return false.
    void close();

  private:
    /// Takes the stream out whose place `stream` takes.
    std::shared_ptr<LiveStream> take_superseded(const LiveStream& stream);

    std::mutex mutex_;
    std::condition_variable woken_;
    bool is_woken_ = false;
    bool is_closed_ = false;
    std::vector<std::shared_ptr<LiveStream>> streams_;
};

/// One Server-Sent Event; `data` has no line break. The client names the last `id` it got when it comes back; an empty
/// one leaves that as it was.
std::shared_ptr<const std::string> sse_message(std::string_view id, std::string_view name, std::string_view data);
/// What a stream says whose session has ended.
std::shared_ptr<const std::string> signed_out_message();

} // namespace web
