#include "live/dispatcher.hpp"

#include "base/log.hpp"
#include "events/position.hpp"

#include <algorithm>
#include <chrono>
#include <set>

namespace live {

namespace {

// Also what a lost word from another node costs at most.
constexpr int longest_wait_ms = 1000;
// While somebody's turn comes soon.
constexpr int short_wait_ms = 100;
constexpr auto session_check_interval = std::chrono::seconds(2);
// Whoever opens streams again and again makes no more work than one does.
constexpr auto pause_between_replays = std::chrono::seconds(1);
// Commits of other nodes come as a crowd; a server across the network is not asked for each of them.
constexpr auto pause_between_rounds = std::chrono::milliseconds(5);

// What fails is tried again at the next commit or tick: pages stay where they were.
template <typename Work>
void attempt(std::string_view what, Work&& work)
{
    try {
        work();
    } catch (const std::exception& error) {
        base::log::error(std::string(what) + ": " + error.what());
    }
}

} // namespace

Dispatcher::Dispatcher(const web::Site& site, web::LiveHub& hub, const sign_in::SessionRules& rules)
    : site_(site), hub_(hub), rules_(rules), thread_([this] { run(); })
{}

Dispatcher::~Dispatcher()
{
    hub_.close();
    thread_.join();
}

void Dispatcher::run()
{
    const bool is_one_of_many = site_.database.engine() == db::Engine::Postgres;
    while (hub_.wait(some_wait_ ? short_wait_ms : longest_wait_ms)) {
        const Streams streams = hub_.open_streams();
        if (streams.empty())
            continue;
        // Neither waits for the other's mending.
        attempt("sessions of live pages", [&] { check_sessions_in_time(streams); });
        attempt("live pages", [&] { send_round(due(streams)); });
        if (is_one_of_many)
            std::this_thread::sleep_for(pause_between_rounds);
    }
}

Streams Dispatcher::due(const Streams& streams)
{
    some_wait_ = false;
    const auto is_new = [](const auto& stream) { return !stream->has_caught_up; };
    if (std::ranges::none_of(streams, is_new))
        return streams;
    const auto now = SteadyClock::now();
    std::erase_if(replayed_at_, [&](const auto& replayed) { return now - replayed.second >= pause_between_replays; });
    const std::string position = events::position_now(*site_.database.read());
    Streams chosen;
    std::set<UserId> replaying;
    for (const auto& stream : streams) {
        const UserId user = stream->visitor.user_id;
        const bool has_missed = is_new(stream) && std::ranges::any_of(stream->pages, [&](const web::LivePage& page) {
            return page.position != position;
        });
        if (has_missed && replayed_at_.contains(user) && !replaying.contains(user)) {
            some_wait_ = true;
            continue;
        }
        if (has_missed && replaying.insert(user).second)
            replayed_at_[user] = now;
        chosen.push_back(stream);
    }
    return chosen;
}

void Dispatcher::send_round(const Streams& streams)
{
    Round round(site_, streams);
    round.render_all();
    // Whoever has lost a session or a role by the same snapshot must not receive what only that role may read.
    check_sessions(round.db(), round.ends_sessions() ? streams : round.receivers());
    round.send_all();
}

void Dispatcher::check_sessions_in_time(const Streams& streams)
{
    const base::Time now = site_.clock.now();
    if (now - sessions_checked_at_ < session_check_interval)
        return;
    check_sessions(*site_.database.read(), streams);
    sessions_checked_at_ = now;
}

void Dispatcher::check_sessions(db::Connection& db, const Streams& streams)
{
    if (streams.empty())
        return;
    std::vector<std::string> hashes;
    for (const auto& stream : streams)
        hashes.push_back(stream->session_hash);
    const auto open = sign_in::find_open_sessions(db, hashes, site_.clock.now(), rules_);
    for (const auto& stream : streams) {
        const auto found = open.find(stream->session_hash);
        if (found == open.end() || found->second != stream->visitor.role)
            hub_.end_session(stream->session_hash);
    }
}

} // namespace live
