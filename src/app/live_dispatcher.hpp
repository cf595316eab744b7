#pragma once

#include "app/services.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"

#include <map>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

namespace app {

/// Follows the history and tells every open page what changed on it, rendered for its viewer: one thread, woken by
/// commits. What is told is read back from the database, so a page never shows what was not durably written.
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
    void tell_event(db::Connection& db, const Subscriptions& subscriptions, const events::Event& event);
    void tell_page(db::Connection& db, web::Subscription& page, const events::Event& event,
        const service_requests::ServiceRequest& request);
    void tell_unread(db::Connection& db, const Subscriptions& subscriptions);
    void end_expired_sessions(const Subscriptions& subscriptions);

    Services& services_;
    /// What each user's pages were last told, so that an unchanged count is not sent again.
    std::map<UserId, std::int64_t> unread_;
    base::Time sessions_checked_at_{};
    std::thread thread_;
};

} // namespace app
