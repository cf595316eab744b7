#pragma once

#include "attachments/attachment.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>

namespace server {

/// With less free space than one attachment of the largest size needs, forms are refused soon.
inline constexpr std::uint64_t least_free_bytes = attachments::most_bytes;

/// Write a file without a name into the directory and wait until it is on the disk. Throws base::Unavailable when the
/// disk or the quota is full, std::system_error naming the path for anything else.
void try_directory(const std::filesystem::path& directory);
/// Return how much more this user may write there; nothing when the system does not say.
std::optional<std::uint64_t> free_bytes(const std::filesystem::path& directory);

} // namespace server
