#pragma once

#include "commands/copy/copy.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace commands::copy {

/// Where the files of the two sites are; may be one and the same place.
struct Stores
{
    storage::Store& from;
    storage::Store& to;
};

struct CopiedFiles
{
    /// Read in the target and found to be what their rows say.
    std::int64_t whole = 0;
    std::uint64_t bytes = 0;
    /// Of them, those that were not there before.
    std::int64_t moved = 0;
    /// In words: rows whose file the source has not, or not whole.
    std::vector<std::string> lost;
};

/// Reads the file of every attachment of the database in the target's store and compares its SHA-256; brings those
/// that are not there whole, several at a time. Goes on where a killed copy stopped. Throws base::Unavailable when a
/// store fails.
CopiedFiles copy_files(db::Database& database, const Stores& stores, const Progress& progress);

} // namespace commands::copy
