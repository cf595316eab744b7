#pragma once

#include "base/file.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stdexcept>
#include <string>

namespace commands::backup {

/// Of bytes that were read.
struct Print
{
    std::string sha256;
    std::uint64_t size = 0;

    bool operator==(const Print&) const = default;
};

/// Reads all of a file, from where it is open. Throws std::system_error.
Print read_whole(const base::Descriptor& from);
/// The same, and copies it into a new file for our user alone, durable on return. Throws ReadFailed for the source;
/// std::system_error, or base::Unavailable when the disk is full, for the copy.
Print copy_whole(const base::Descriptor& from, const std::filesystem::path& to);

/// The bytes of a file could not be read to their end.
struct ReadFailed : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Calls `work` once for each index below `count`, a few at the same time, because a bucket across a network answers
/// several requests in the time of one. The first exception ends it and is rethrown.
void for_each_at_once(std::size_t count, const std::function<void(std::size_t)>& work);

} // namespace commands::backup
