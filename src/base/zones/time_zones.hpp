#pragma once

#include "base/time.hpp"

#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// Names of the time zones of the USA ("America/Denver"), those of most people first. Only those that this machine
/// knows.
std::span<const std::string> zones_of_usa();
/// Names of all others in the world that belong to a place, and UTC, in order.
std::span<const std::string> zones_elsewhere();
/// True for one of either.
bool is_zone(std::string_view name);

/// Time zones by name, each made when it is asked for first. Thread-safe.
class TimeZones
{
  public:
    /// `site` must outlive it.
    explicit TimeZones(const Zone& site) : site_(site) {}

    /// The site's for an empty name, and for one that this machine does not know any more.
    const Zone& find(std::string_view name);

  private:
    const Zone& site_;
    std::mutex mutex_;
    std::map<std::string, Zone, std::less<>> known_;
};

} // namespace base
