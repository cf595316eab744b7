#pragma once

#include "base/time.hpp"
#include "live/round.hpp"
#include "sign_in/session.hpp"
#include "web/live/hub.hpp"
#include "web/site.hpp"

#include <chrono>
#include <map>
#include <thread>

namespace live {

/// Follows the history and sends every open page of this node what changed on it: one thread, woken by commits here and
/// on other nodes, and once a second in any case. It reads updates back from the database, so a page never shows what
/// was not durably written. Each round asks for the session and the role of everybody whom it tells something.
class Dispatcher
{
  public:
    Dispatcher(const web::Site& site, web::LiveHub& hub, const sign_in::SessionRules& rules);
    /// Close the hub and join the thread.
    ~Dispatcher();
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

  private:
    void run();
    /// Those whose turn it is: what a new stream's pages have missed is told at most once a second for each user, to
    /// all of the user's new streams together.
    Streams due(const Streams& streams);
    void send_round(const Streams& streams);
    /// At most once in two seconds.
    void check_sessions_in_time(const Streams& streams);
    void check_sessions(db::Connection& db, const Streams& streams);

    const web::Site& site_;
    web::LiveHub& hub_;
    const sign_in::SessionRules rules_;
    using SteadyClock = std::chrono::steady_clock;
    base::Time sessions_checked_at_{};
    std::map<UserId, SteadyClock::time_point> replayed_at_;
    bool some_wait_ = false;
    std::thread thread_;
};

} // namespace live
