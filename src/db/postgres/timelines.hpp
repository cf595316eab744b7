#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace db {

/// PostgreSQL's timeline, which rises whenever a standby becomes the primary. A primary that was frozen during a
/// failover continues in the earlier one until it learns of the new one.
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
    /// Remember a timeline. False when a later one is known; an unknown timeline returns true.
    bool is_latest(const PostgresTimeline& timeline);

  private:
    std::mutex mutex_;
    std::map<std::string, std::uint32_t> latest_;
};

/// Read the timeline from the name of a primary's current log file ("0000000A0000000000000003"); 0 for another text.
std::uint32_t timeline_in_log_name(const std::string& name);

} // namespace db
