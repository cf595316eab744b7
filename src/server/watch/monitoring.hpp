#pragma once

#include "base/time.hpp"
#include "http/head/addresses.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace server {

class OpenMetrics;

/// What /metrics needs to know beside the services; set by who builds the site.
struct Monitoring
{
    /// Who may read it, unless a forwarding field says that others are behind them.
    http::NetworkList networks{{"127.0.0.0/8", "::1"}};
    /// Appends the counts of the pipeline and the lanes.
    std::function<void(OpenMetrics&)> counts;
    /// Nothing in tests, which have no sockets.
    std::function<std::size_t()> open_connections;
    /// Names of our own and the directories whose free space is told.
    std::vector<std::pair<std::string_view, std::filesystem::path>> directories;
    /// Holds when `backup` last succeeded; see save_time().
    std::filesystem::path last_backup;
    /// When the nightly check last ended, in milliseconds since 1970, and whether it found damage; zero for never.
    std::atomic<std::int64_t> inspected_at = 0;
    std::atomic<bool> found_damage = false;
};

/// Writes a time for find_time(). Throws std::system_error.
void save_time(const std::filesystem::path& file, base::Time time);
/// Nothing when there is no such file or no time in it.
std::optional<base::Time> find_time(const std::filesystem::path& file);

} // namespace server
