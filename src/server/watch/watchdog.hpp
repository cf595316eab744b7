#pragma once

#include "db/database.hpp"
#include "server/watch/service_manager.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <thread>

namespace server {

/// Tells the service manager that the process lives, as long as the event loops turn and the database's writer answers;
/// an error is an answer. It runs on threads of its own, and not at all when nobody watches.
class Watchdog
{
  public:
    /// `idle_loops` tells how long ago the event loop that is furthest behind last turned.
    Watchdog(ServiceManager& manager, db::Database& database, std::function<std::chrono::nanoseconds()> idle_loops);
    /// Waits for the writer to answer once more.
    ~Watchdog() = default;
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// Take the process for alive from now on, whatever is seen: it ends, and the manager limits how long that takes.
    void stop_looking() { is_looking_ = false; }

  private:
    using SteadyClock = std::chrono::steady_clock;

    void ask_writer(const std::stop_token& stop);
    void tell(const std::stop_token& stop);
    bool is_alive() const;

    ServiceManager& manager_;
    db::Database& database_;
    std::function<std::chrono::nanoseconds()> idle_loops_;
    std::chrono::nanoseconds limit_{};
    std::atomic<bool> is_looking_ = true;
    std::atomic<SteadyClock::rep> answered_;
    // Last: they end first.
    std::jthread writer_;
    std::jthread teller_;
};

} // namespace server
