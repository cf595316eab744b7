#include "db/postgres_reigns.hpp"

#include <algorithm>
#include <charconv>

namespace db {

bool PostgresReigns::is_latest(const PostgresReign& reign)
{
    if (reign.cluster.empty() || reign.number == 0)
        return true;
    const std::lock_guard lock(mutex_);
    std::uint32_t& latest = latest_[reign.cluster];
    latest = std::max(latest, reign.number);
    return reign.number == latest;
}

std::uint32_t reign_in_log_name(const std::string& name)
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
