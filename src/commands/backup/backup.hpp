#pragma once

#include "commands/backup/destination.hpp"
#include "commands/backup/files.hpp"
#include "commands/backup/manifest.hpp"

#include <cstdint>
#include <string>

namespace commands::backup {

/// The site that is saved.
struct Source
{
    std::string database_url;
    OpenStore open_store;
    /// Version of gas-utility.
    std::string program;
};

struct Made
{
    /// Of the backup in its destination.
    std::string name;
    Manifest manifest;
    std::int64_t copied = 0;
};

/// Saves the site as it is at one moment, while its servers go on: everything acknowledged before the call is in it. A
/// kill at any moment leaves the backups that were there, and the next call removes what was begun. The caller holds
/// the destination's lock. Throws Refused in plain words, or what the disk says.
Made make_backup(const Source& source, Destination& destination, base::Time now, const Progress& progress);

} // namespace commands::backup
