#pragma once

#include "commands/copy/rows.hpp"

#include <functional>
#include <string>
#include <vector>

namespace commands::copy {

/// The two sites; both migrated to this program's tables, nobody else writing to either.
struct Sites
{
    db::Database& from;
    db::Database& to;
};

/// Told while a table is copied, compared or indexed.
using Progress = std::function<void(std::string_view what, std::int64_t done, std::int64_t total)>;

/// A table that holds the same in both.
struct Checked
{
    std::string table;
    Print print;
};

/// Throws Refused when the target holds anything but a part of the source that an earlier copy left: nothing is mixed
/// or overwritten. A database without users counts as empty.
void check_target(const Sites& sites, const Progress& progress);
/// Copies the rows that are not in the target yet, in order of their keys and in small transactions; goes on where a
/// killed copy stopped. Then counts identities on and makes the search index.
void copy_rows(const Sites& sites, const Progress& progress);
/// Reads both from beginning to end. Throws Refused, naming the table, when they differ.
std::vector<Checked> compare(const Sites& sites, const Progress& progress);

} // namespace commands::copy
