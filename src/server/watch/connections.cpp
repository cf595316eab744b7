#include "server/watch/connections.hpp"

#include "base/log.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace server {

namespace {

constexpr std::uint64_t of_the_process = 32;
/// Its acceptor, and what it waits with.
constexpr std::uint64_t of_an_io_thread = 4;
/// SQLite's file, its log, and one while it sorts.
constexpr std::uint64_t of_a_database_connection = 3;
/// Threads whose number is no setting: downloads and leak reports.
constexpr std::uint64_t other_threads = 12;
/// With fewer than these a process cannot serve anyway.
constexpr std::uint64_t fewest_connections = 16;
constexpr std::uint64_t fewest_parting = 2;
constexpr std::uint64_t most_parting = 256;
constexpr auto note_interval = std::chrono::minutes(1);

std::uint64_t needed_besides(const Config& config)
{
    const std::uint64_t database_connections = config.readers + config.database_connections;
    const std::uint64_t threads = config.write_threads + config.heavy_threads + other_threads;
    return of_the_process + of_an_io_thread * config.io_threads + of_a_database_connection * database_connections +
           threads;
}

} // namespace

// Of ten that are left, six are connections and three for their uploads and downloads; one is for those who are
// refused.
ConnectionBudget affordable_connections(const Config& config, std::uint64_t descriptors)
{
    const std::uint64_t needed = needed_besides(config);
    const std::uint64_t left = descriptors > needed ? descriptors - needed : 0;
    const std::uint64_t connections = std::max(fewest_connections, left / 10 * 6);
    const std::uint64_t parting = left / 10 / std::max(1U, config.io_threads);
    return {.connections = std::min<std::uint64_t>(config.connections, connections),
        .parting = std::clamp(parting, fewest_parting, most_parting)};
}

void RefusalNotes::note(const http::Refused& refused)
{
    const bool is_of_address = refused.limit == http::ConnectionLimit::OfAddress;
    std::uint64_t count = 0;
    {
        const std::lock_guard lock(mutex_);
        Kind& kind = is_of_address ? of_address_ : of_all_;
        ++kind.untold;
        const auto now = SteadyClock::now();
        if (now < kind.due)
            return;
        kind.due = now + note_interval;
        count = std::exchange(kind.untold, 0);
    }
    base::log::security({.event = "connections_refused",
        .address = is_of_address ? std::string_view(refused.remote_address) : std::string_view(),
        .detail = is_of_address ? "connections_per_address" : "connections"});
    if (is_of_address)
        base::log::warning(
            fmt::format("refused {} connections because of connections_per_address, the last of {}; if that is your "
                        "proxy, add it to trusted_proxies: until then all visitors behind it share that limit",
                count, refused.remote_address));
    else
        base::log::warning(
            fmt::format("refused {} connections because of connections (or of the limit of open files)", count));
}

} // namespace server
