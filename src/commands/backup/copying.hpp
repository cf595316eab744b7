#pragma once

#include "base/file.hpp"

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

} // namespace commands::backup
