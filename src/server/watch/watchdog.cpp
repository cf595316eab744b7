#include "server/watch/watchdog.hpp"

#include "base/log.hpp"

#include <fmt/format.h>

#include <condition_variable>
#include <mutex>
#include <utility>

namespace server {

namespace {

/// False when told to stop.
bool pause(const std::stop_token& stop, std::chrono::nanoseconds time)
{
    std::mutex mutex;
    std::condition_variable_any stopped;
    std::unique_lock lock(mutex);
    return !stopped.wait_for(lock, stop, time, [&] { return stop.stop_requested(); });
}

} // namespace

Watchdog::Watchdog(
    ServiceManager& manager, db::Database& database, std::function<std::chrono::nanoseconds()> idle_loops)
    : manager_(manager),
      database_(database),
      idle_loops_(std::move(idle_loops)),
      answered_(SteadyClock::now().time_since_epoch().count())
{
    if (!manager.watchdog())
        return;
    // Half of the time without an answer is enough: what was told before counts for the other half.
    limit_ = *manager.watchdog() / 2;
    writer_ = std::jthread([this](const std::stop_token& stop) { ask_writer(stop); });
    teller_ = std::jthread([this](const std::stop_token& stop) { tell(stop); });
}

void Watchdog::ask_writer(const std::stop_token& stop)
{
    bool has_failed = false;
    do {
        try {
            database_.write([](db::Transaction&) {});
            has_failed = false;
        } catch (const std::exception& error) {
            if (!std::exchange(has_failed, true))
                base::log::warning(fmt::format("watchdog: {}", error.what()));
        }
        answered_ = SteadyClock::now().time_since_epoch().count();
    } while (pause(stop, limit_ / 2));
}

void Watchdog::tell(const std::stop_token& stop)
{
    bool was_alive = true;
    do {
        const bool is_alive_now = !is_looking_ || is_alive();
        if (is_alive_now)
            manager_.alive();
        else if (was_alive)
            base::log::error("watchdog: the event loops or the database's writer do not answer");
        was_alive = is_alive_now;
    } while (pause(stop, limit_ / 2));
}

bool Watchdog::is_alive() const
{
    const SteadyClock::time_point answered{SteadyClock::duration(answered_.load())};
    return SteadyClock::now() - answered < limit_ && idle_loops_() < limit_;
}

} // namespace server
