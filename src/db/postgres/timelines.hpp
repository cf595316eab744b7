#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace db {

/// PostgreSQL's timeline, counted up whenever a standby becomes the primary. A primary that was frozen while another
/// took over goes on in the earlier one until somebody tells it.
struct PostgresTimeline
{
    /// PostgreSQL's own number of the whole cluster; empty when the server does not tell.
    std::string cluster;
    std::uint32_t number = 0;
};

/// The latest timeline that was seen of each cluster. Thread-safe.
class PostgresTimelines
{
  public:
    /// Remembers it. False when a later one is known; an unknown one is believed.
    bool is_latest(const PostgresTimeline& timeline);

  private:
    std::mutex mutex_;
    std::map<std::string, std::uint32_t> latest_;
};

/// From the name of a primary's present log file ("0000000A0000000000000003"); 0 for what is no such name.
std::uint32_t timeline_in_log_name(const std::string& name);

} // namespace db
