#pragma once

#include "db/connection.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"
#include "web/live_hub.hpp"
#include "web/site.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace app {

/// What pages that heard the same so far are told next, all from one snapshot. Nothing is sent before everything is
/// rendered; then each page gets its messages, the last with the new position: whoever is cut off in between hears them
/// again.
class LiveRound
{
  public:
    using Pages = std::vector<std::shared_ptr<web::Subscription>>;
    /// `to` is the snapshot's position.
    LiveRound(const web::Site& site, db::Connection& db, Pages pages, std::string to);

    /// Reads what the pages, which all are at `from`, were not told and sends it; too much of it makes them reload.
    void tell_since(std::string_view from);

  private:
    /// Name and data of each message for one page.
    using Letter = std::vector<std::pair<std::string_view, std::string>>;
    void render(const events::Event& event);
    void render_for(std::size_t page, const events::Event& event, const service_requests::ServiceRequest& request);
    void render_unread();
    void render_open_emergencies();
    void send();

    const web::Site& site_;
    db::Connection& db_;
    Pages pages_;
    std::string to_;
    bool emergencies_changed_ = false;
    /// Beside pages_.
    std::vector<Letter> letters_;
};

} // namespace app
