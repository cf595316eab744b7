#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <vector>

namespace server {

/// The room on the disks of the database and the uploads. The last part of it is kept for leak reports: whatever others
/// send, a leak report can be saved. Any thread.
class FreeSpace
{
  public:
    struct Disk
    {
        std::uint64_t size = 0;
        std::uint64_t free = 0;
    };
    using Measure = std::function<Disk(const std::filesystem::path&)>;

    /// Keep nothing.
    FreeSpace() = default;
    /// Keep room on the disks of these directories, as `measure` finds them.
    explicit FreeSpace(std::vector<std::filesystem::path> directories, Measure measure = measure_disk);

    /// True when these bytes more would take from what is kept.
    bool is_scarce(std::uint64_t wanted = 0) const;

    /// A disk that cannot be looked at counts as empty: writing to it will say what is wrong.
    static Disk measure_disk(const std::filesystem::path& directory);

  private:
    std::vector<std::filesystem::path> directories_;
    Measure measure_;
};

} // namespace server
