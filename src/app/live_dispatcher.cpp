#include "app/live_dispatcher.hpp"

#include "app/live_round.hpp"
#include "base/log.hpp"
#include "events/position.hpp"
#include "users/session.hpp"

#include <chrono>
#include <map>

namespace app {

namespace {

// Also what a lost word from another node costs at most.
constexpr int longest_wait_ms = 1000;
constexpr auto session_check_interval = std::chrono::seconds(2);
// Commits of other nodes come as a crowd; a server across the network is not asked for each of them.
constexpr auto pause_between_rounds = std::chrono::milliseconds(5);

} // namespace

LiveDispatcher::LiveDispatcher(Services& services) : services_(services), thread_([this] { run(); }) {}

LiveDispatcher::~LiveDispatcher()
{
    services_.live.close();
    thread_.join();
}

void LiveDispatcher::run()
{
    const bool is_one_of_many = services_.site.database.engine() == db::Engine::Postgres;
    while (services_.live.wait(longest_wait_ms)) {
        const Subscriptions subscriptions = services_.live.open_subscriptions();
        if (subscriptions.empty())
            continue;
        try {
            tell(subscriptions);
            end_closed_sessions(subscriptions);
        } catch (const std::exception& error) {
            // The pages stay where they were; the next commit or tick tries again from their position.
            base::log::error(std::string("live pages: ") + error.what());
        }
        if (is_one_of_many)
            std::this_thread::sleep_for(pause_between_rounds);
    }
}

// Mostly all pages heard the same so far; one that has just come, perhaps from another node, may have heard less.
void LiveDispatcher::tell(const Subscriptions& subscriptions)
{
    db::ReadLease lease = services_.site.database.read();
    const std::string now = events::position_now(*lease);
    std::map<std::string, Subscriptions> by_position;
    for (const auto& page : subscriptions)
        by_position[page->position].push_back(page);
    for (auto& [from, pages] : by_position) {
        if (from != now)
            LiveRound(services_.site, *lease, std::move(pages), now).tell_since(from);
    }
}

void LiveDispatcher::end_closed_sessions(const Subscriptions& subscriptions)
{
    const base::Time now = services_.site.clock.now();
    if (now - sessions_checked_at_ < session_check_interval)
        return;
    sessions_checked_at_ = now;
    std::vector<std::string> hashes;
    for (const auto& page : subscriptions)
        hashes.push_back(page->session_hash);
    const auto open = users::find_open_sessions(*services_.site.database.read(), hashes, now, services_.session_rules);
    for (const std::string& hash : hashes) {
        if (!open.contains(hash))
            services_.live.end_session(hash);
    }
}

} // namespace app
