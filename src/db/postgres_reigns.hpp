#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>

namespace db {

/// The reign of a primary: PostgreSQL counts one up whenever a standby becomes the primary, and calls it a timeline. A
/// primary that was frozen while another took over goes on in the earlier reign until somebody tells it.
struct PostgresReign
{
    /// PostgreSQL's own number of the whole cluster; empty when the server does not tell.
    std::string cluster;
    std::uint32_t number = 0;
};

/// The latest reign that was seen of each cluster. Thread-safe.
class PostgresReigns
{
  public:
    /// Remembers it. False when a later one is known; an unknown one is believed.
    bool is_latest(const PostgresReign& reign);

  private:
    std::mutex mutex_;
    std::map<std::string, std::uint32_t> latest_;
};

/// From the name of a primary's present log file ("0000000A0000000000000003"); 0 for what is no such name.
std::uint32_t reign_in_log_name(const std::string& name);

} // namespace db
