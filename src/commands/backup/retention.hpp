#pragma once

#include "commands/backup/destination.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace commands::backup {

/// Which backups stay: the newest of each of the last so many days, weeks (from Monday) and months, in UTC, that have
/// any. A pause of the backups therefore removes nothing.
struct Keep
{
    std::size_t days = 0;
    std::size_t weeks = 0;
    std::size_t months = 0;
};

/// "7d4w12m", or some of these; nothing for any other text.
std::optional<Keep> parse_keep(std::string_view text);
/// Those of the names, oldest first, that do not stay. The newest always stays.
std::vector<std::string> list_removable(const std::vector<std::string>& names, const Keep& keep);

struct Removed
{
    std::vector<std::string> backups;
    std::size_t files = 0;
};
/// Removes backups, then the files that no remaining backup names. The caller holds the destination's lock. Throws
/// Refused, with all files kept, when the manifest of a remaining one cannot be read.
Removed remove_old(Destination& destination, const Keep& keep);

} // namespace commands::backup
