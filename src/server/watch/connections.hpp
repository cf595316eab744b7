#pragma once

#include "http/server/server.hpp"
#include "server/settings/config.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>

namespace server {

/// How many connections a process can hold and still open the files that it needs.
struct ConnectionBudget
{
    /// At most Config::connections.
    std::size_t connections = 0;
    /// Per io thread: see http::ServerOptions::parting.
    std::size_t parting = 0;
};

/// `descriptors` is how many files and connections the process may have open (RLIMIT_NOFILE).
ConnectionBudget affordable_connections(const Config& config, std::uint64_t descriptors);

/// Logs clients beyond a limit of the connections, each limit at most once a minute. Thread-safe, never waits long.
class RefusalNotes
{
  public:
    void note(const http::Refused& refused);

  private:
    using SteadyClock = std::chrono::steady_clock;
    struct Kind
    {
        SteadyClock::time_point due{};
        std::uint64_t untold = 0;
    };

    std::mutex mutex_;
    Kind of_address_;
    Kind of_all_;
};

} // namespace server
