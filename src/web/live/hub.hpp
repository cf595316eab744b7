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
#include <utility>
#include <vector>

namespace web {

class PageLanguage;

/// One open page (a tab): its topics, and its position as text that only events/ reads.
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
    /// The name that the browser gave itself: a new stream replaces the earlier one of the same browser.
    std::string browser;
    /// The language of its pages; lives as long as the site.
    const PageLanguage* language = nullptr;
    /// In the order of the stream's URL; messages name them by their number.
    std::vector<LivePage> pages;
    /// The number of unread notifications in the last message, and the sum of their times.
    std::optional<std::pair<std::int64_t, std::int64_t>> unread;
    /// False until its first round, which tells what its pages have missed.
    bool has_caught_up = false;
    /// How many events passed without a message since the browser last got a position.
    std::size_t passed = 0;
    std::shared_ptr<http::EventSink> sink;
};

/// The open streams. Thread-safe. Knows nothing of what is sent: live/ reads events and renders them.
class LiveHub
{
  public:
    static constexpr std::size_t most_for_a_session = 8;
    static constexpr std::size_t usual_most_for_a_user = 32;

    explicit LiveHub(std::size_t most_for_a_user = usual_most_for_a_user) : most_for_a_user_(most_for_a_user) {}

    /// Add a stream, which replaces one of the same browser; the oldest of a session is closed when it has more than
    /// eight, and the oldest of a user above the limit.
    void add(std::shared_ptr<LiveStream> stream);
    /// Return the open streams and forget the others.
    std::vector<std::shared_ptr<LiveStream>> open_streams();
    /// Close all streams of a session that has ended, with a last message.
    void end_session(std::string_view session_hash);
    /// Wake the dispatcher; called after every commit.
    void wake();
    /// Wait until woken, closed or `milliseconds` have passed; false when closed.
    bool wait(int milliseconds);
    /// Make wait() return false.
    void close();

  private:
    /// Remove and return the stream that `stream` replaces.
    std::shared_ptr<LiveStream> take_superseded(const LiveStream& stream);

    const std::size_t most_for_a_user_;
    std::mutex mutex_;
    std::condition_variable woken_;
    bool is_woken_ = false;
    bool is_closed_ = false;
    std::vector<std::shared_ptr<LiveStream>> streams_;
};

/// Format one Server-Sent Event; `data` has no line break. A client that reconnects sends the last `id` it got; an
/// empty one leaves that unchanged.
std::shared_ptr<const std::string> sse_message(std::string_view id, std::string_view name, std::string_view data);
/// The last message of a stream whose session has ended.
std::shared_ptr<const std::string> signed_out_message();

} // namespace web
