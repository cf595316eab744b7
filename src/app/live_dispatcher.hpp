#pragma once

#include "app/services.hpp"
#include "web/live_hub.hpp"

#include <memory>
#include <thread>
#include <vector>

namespace app {

/// Follows the history and tells every open page of this node what changed on it, rendered for its viewer: one thread,
/// woken by commits here and at other nodes, and once a second in any case. What is told is read back from the
/// database, so a page never shows what was not durably written.
class LiveDispatcher
{
  public:
    explicit LiveDispatcher(Services& services);
    /// Closes the hub and joins.
    ~LiveDispatcher();
    LiveDispatcher(const LiveDispatcher&) = delete;
    LiveDispatcher& operator=(const LiveDispatcher&) = delete;

  private:
    using Subscriptions = std::vector<std::shared_ptr<web::Subscription>>;
    void run();
    void tell(const Subscriptions& subscriptions);
    void end_closed_sessions(const Subscriptions& subscriptions);

    Services& services_;
    base::Time sessions_checked_at_{};
    std::thread thread_;
};

} // namespace app
