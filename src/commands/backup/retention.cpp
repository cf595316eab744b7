#include "commands/backup/retention.hpp"

#include "base/text.hpp"
#include "commands/backup/manifest.hpp"
#include "commands/commands.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <set>
#include <unordered_set>

namespace commands::backup {

namespace {

constexpr std::size_t most_digits = 4;

/// Marks the newest backup of each of the last `count` periods that have one.
void keep_newest(const std::vector<std::string>& names, std::size_t count,
    const std::function<std::string(const std::string&)>& period_of, std::set<std::string>& kept)
{
    std::set<std::string> periods;
    for (auto name = names.rbegin(); name != names.rend() && periods.size() < count; ++name) {
        if (periods.insert(period_of(*name)).second)
            kept.insert(*name);
    }
}

std::string day_of(const std::string& name)
{
    return name.substr(0, std::string_view("2026-11-28").size());
}

std::string month_of(const std::string& name)
{
    return name.substr(0, std::string_view("2026-11").size());
}

std::string week_of(const std::string& name)
{
    const auto days = std::chrono::floor<std::chrono::days>(time_of(name).value());
    const auto weekday = std::chrono::weekday(days);
    return std::to_string((days - (weekday - std::chrono::Monday)).time_since_epoch().count());
}

using Manifests = std::map<std::string, Manifest>;

/// By the names of the backups. Throws Refused when one cannot be read: nobody knows what only it holds.
Manifests read_manifests(const Destination& destination)
{
    Manifests manifests;
    for (const std::string& name : destination.list()) {
        try {
            manifests.emplace(name, read_manifest(destination, name));
        } catch (const BadManifest& error) {
            throw Refused(
                fmt::format("no old backup was removed: {}. Move {} away, then old ones go again", error.what(), name));
        }
    }
    return manifests;
}

std::size_t remove_unnamed_files(Destination& destination, const Manifests& manifests)
{
    std::unordered_set<std::string> named;
    for (const auto& [name, manifest] : manifests) {
        for (const SavedFile& file : manifest.files)
            named.insert(file.sha256);
    }
    return destination.remove_files_except(named);
}

} // namespace

std::optional<Keep> parse_keep(std::string_view text)
{
    Keep keep;
    while (!text.empty()) {
        const std::size_t end = text.find_first_not_of("0123456789");
        if (end == 0 || end > most_digits)
            return std::nullopt;
        const auto number = static_cast<std::size_t>(base::parse_integer(text.substr(0, end)).value_or(0));
        const char unit = text[end];
        std::size_t* const count = unit == 'd'   ? &keep.days
                                   : unit == 'w' ? &keep.weeks
                                   : unit == 'm' ? &keep.months
                                                 : nullptr;
        if (count == nullptr || *count != 0 || number == 0)
            return std::nullopt;
        *count = number;
        text.remove_prefix(end + 1);
    }
    return keep.days + keep.weeks + keep.months == 0 ? std::nullopt : std::optional(keep);
}

std::vector<std::string> list_removable(const std::vector<std::string>& names, const Keep& keep)
{
    std::set<std::string> kept;
    if (!names.empty())
        kept.insert(names.back());
    keep_newest(names, keep.days, day_of, kept);
    keep_newest(names, keep.weeks, week_of, kept);
    keep_newest(names, keep.months, month_of, kept);
    std::vector<std::string> removable;
    std::ranges::copy_if(
        names, std::back_inserter(removable), [&](const std::string& name) { return !kept.contains(name); });
    return removable;
}

Removed remove_old(Destination& destination, const Keep& keep)
{
    Manifests manifests = read_manifests(destination);
    std::vector<std::string> names;
    std::ranges::transform(manifests, std::back_inserter(names), [](const auto& entry) { return entry.first; });
    Removed removed{.backups = list_removable(names, keep)};
    destination.remove(removed.backups);
    for (const std::string& name : removed.backups)
        manifests.erase(name);
    removed.files = remove_unnamed_files(destination, manifests);
    return removed;
}

} // namespace commands::backup
