#pragma once

#include "attachments/named_files.hpp"
#include "commands/backup/destination.hpp"
#include "commands/backup/manifest.hpp"
#include "storage/store.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace commands::backup {

/// A file that a row names but the store does not return whole.
struct MissingFile
{
    std::string stored_name;
    /// What it is, and what is wrong with it.
    std::string words;
};

struct BroughtFiles
{
    /// Those that the backups hold now, in the order of their rows.
    std::vector<SavedFile> whole;
    std::vector<MissingFile> missing;
    /// Those of them that no backup held before.
    std::int64_t copied = 0;
    std::uint64_t copied_bytes = 0;
};

/// Opens the site's store when there is anything to read from it.
using OpenStore = std::function<std::unique_ptr<storage::Store>()>;

/// Copies what the backups do not hold yet, and compares each with its SHA-256 meanwhile. The others are kept as they
/// are when their size is right. All of them are durable on return.
BroughtFiles bring_files(const std::vector<attachments::NamedFile>& files, const OpenStore& open_store,
    Destination& destination, const Progress& progress);

} // namespace commands::backup
