#include "commands/import_django/report.hpp"

#include "commands/import_django/source/value.hpp"

#include <fmt/format.h>

namespace commands::import_django {

namespace {

std::string name_of(const Place& place)
{
    std::string name = fmt::format("{} {}", place.noun, place.id);
    return place.field.empty() ? name : fmt::format("{}, {}", name, place.field);
}

} // namespace

void Report::line(std::string_view kind, std::string text)
{
    ++page_.kinds[std::string(kind)];
    page_.lines.push_back(fmt::format("{}: {}", kind, text));
}

void Report::changed(const Place& place, std::string_view before, std::string_view after, std::string_view reason)
{
    line("changed", fmt::format("{}: {} -> {} ({})", name_of(place), shown(before), shown(after), reason));
}

void Report::taken_as_it_is(const Place& place, std::string_view value, std::string_view reason)
{
    line("as it is", fmt::format("{}: {} ({})", name_of(place), shown(value), reason));
}

void Report::skipped(const Place& place, std::string_view reason)
{
    ++counts(place.noun).skipped;
    line("skipped", fmt::format("{} ({})", name_of(place), reason));
}

void Report::kept_ours(const Place& place, std::string_view reason)
{
    ++counts(place.noun).kept_ours;
    line("kept ours", fmt::format("{} ({})", name_of(place), reason));
}

void Report::note(std::string_view text)
{
    line("note", std::string(text));
}

void Report::missing_file(std::int64_t request, std::string_view path, std::string_view reason)
{
    line("missing file", fmt::format("service request {}: {} ({})", request, shown(path), reason));
}

void Report::orphan_file(std::string_view path)
{
    line("orphan file", fmt::format("{} belongs to no service request", shown(path)));
}

void Report::rounded(std::string_view noun, std::string_view field)
{
    ++page_.rounded[fmt::format("{}, {}", noun, field)];
}

void Report::commit()
{
    for (const std::string& text : page_.lines)
        tell_(text);
    for (const auto& [noun, counts] : page_.counts) {
        Counts& all = all_.counts[noun];
        all.added += counts.added;
        all.updated += counts.updated;
        all.same += counts.same;
        all.skipped += counts.skipped;
        all.kept_ours += counts.kept_ours;
    }
    for (const auto& [place, count] : page_.rounded)
        all_.rounded[place] += count;
    for (const auto& [kind, count] : page_.kinds)
        all_.kinds[kind] += count;
    page_ = {};
}

std::int64_t Report::count_lines(std::string_view kind) const
{
    const auto found = all_.kinds.find(std::string(kind));
    return found == all_.kinds.end() ? 0 : found->second;
}

std::int64_t Report::count_known(std::string_view noun) const
{
    const auto found = all_.counts.find(std::string(noun));
    return found == all_.counts.end() ? 0 : found->second.same + found->second.updated + found->second.kept_ours;
}

std::vector<std::string> Report::summary(bool is_dry_run) const
{
    std::vector<std::string> lines;
    for (const auto& [noun, counts] : all_.counts) {
        std::string text = fmt::format("{:<16} {:>8} {}", noun, counts.added, is_dry_run ? "to import" : "imported");
        if (counts.same > 0)
            text += fmt::format(", {} as before", counts.same);
        if (counts.updated > 0)
            text += fmt::format(", {} changed in the source since", counts.updated);
        if (counts.kept_ours > 0)
            text += fmt::format(", {} kept as they are here", counts.kept_ours);
        if (counts.skipped > 0)
            text += fmt::format(", {} skipped", counts.skipped);
        lines.push_back(std::move(text));
    }
    for (const auto& [place, count] : all_.rounded)
        lines.push_back(fmt::format("{:<36} {} times are kept to the millisecond", place, count));
    for (const std::string_view kind : {"changed", "as it is", "missing file", "orphan file"})
        lines.push_back(fmt::format("{:<16} {:>8}", kind, count_lines(kind)));
    return lines;
}

} // namespace commands::import_django
