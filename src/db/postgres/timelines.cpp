#include "db/postgres/timelines.hpp"

#include <algorithm>
#include <charconv>

namespace db {

bool PostgresTimelines::is_latest(const PostgresTimeline& timeline)
{
    if (timeline.cluster.empty() || timeline.number == 0)
        return true;
    const std::lock_guard lock(mutex_);
    std::uint32_t& latest = latest_[timeline.cluster];
    latest = std::max(latest, timeline.number);
    return timeline.number == latest;
}

std::uint32_t timeline_in_log_name(const std::string& name)
{
    constexpr std::size_t digits = 8;
    constexpr std::size_t whole_name = 24;
    constexpr int hexadecimal = 16;
    std::uint32_t number = 0;
    if (name.size() == whole_name)
        std::from_chars(name.data(), name.data() + digits, number, hexadecimal);
    return number;
}

} // namespace db
