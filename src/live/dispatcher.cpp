#include "live/dispatcher.hpp"

#include "base/log.hpp"

#include <chrono>

namespace live {

namespace {

// Also what a lost word from another node costs at most.
constexpr int longest_wait_ms = 1000;
constexpr auto session_check_interval = std::chrono::seconds(2);
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
    while (hub_.wait(longest_wait_ms)) {
        const Streams streams = hub_.open_streams();
        if (streams.empty())
            continue;
        // Neither waits for the other's mending.
        attempt("sessions of live pages", [&] { check_sessions_in_time(streams); });
        attempt("live pages", [&] { send_round(streams); });
        if (is_one_of_many)
            std::this_thread::sleep_for(pause_between_rounds);
    }
}

void Dispatcher::send_round(const Streams& streams)
{
    Round round(site_, streams);
    // Who has just lost a role must not receive what only that role may read.
    if (round.ends_sessions())
        check_sessions(round.db(), streams);
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
