#pragma once

#include "commands/backup/destination.hpp"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace commands::backup {

struct Verified
{
    /// What is wrong, in words; empty when the backup restores as it was made.
    std::vector<std::string> findings;
    /// What the site had lost already when the backup was made, in words.
    std::vector<std::string> missing;
    std::size_t files = 0;
    std::uint64_t bytes = 0;
};

/// Reads all of a backup: manifest, database and the attachments' files are compared with their SHA-256, a SQLite
/// database is checked for damage. Changes nothing. Throws only for what is no backup at all.
Verified verify(const Named& backup, const Progress& progress);

} // namespace commands::backup
