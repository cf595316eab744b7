#include "server/bodies/free_space.hpp"

#include <algorithm>
#include <limits>
#include <system_error>
#include <utility>

namespace server {

namespace {

// A hundred thousand reports; on a small disk a part of it.
constexpr std::uint64_t most_kept = std::uint64_t{256} << 20U;
constexpr std::uint64_t kept_part = 20;

} // namespace

FreeSpace::FreeSpace(std::vector<std::filesystem::path> directories, Measure measure)
    : directories_(std::move(directories)), measure_(std::move(measure))
{}

bool FreeSpace::is_scarce(std::uint64_t wanted) const
{
    return std::any_of(directories_.begin(), directories_.end(), [&](const auto& directory) {
        const Disk disk = measure_(directory);
        return disk.free < wanted + std::min(most_kept, disk.size / kept_part);
    });
}

FreeSpace::Disk FreeSpace::measure_disk(const std::filesystem::path& directory)
{
    std::error_code error;
    const auto space = std::filesystem::space(directory, error);
    if (error)
        return {.size = 0, .free = std::numeric_limits<std::uint64_t>::max() / 2};
    return {.size = space.capacity, .free = space.available};
}

} // namespace server
