#include "commands/import_django/report.hpp"

#include "commands/import_django/source/value.hpp"

#include <fmt/format.h>

namespace commands::import_django {

namespace {

constexpr std::size_t most_examples = 5;

std::string name_of(const Place& place)
{
    std::string name = fmt::format("{} {}", place.noun, place.id);
    return place.field.empty() ? name : fmt::format("{}, {}", name, place.field);
}

std::string field_of(const Place& place)
{
    return place.field.empty() ? std::string(place.noun) : fmt::format("{}, {}", place.noun, place.field);
}

} // namespace

void Report::add(Line line)
{
    ++page_.kinds[line.kind];
    page_.lines.push_back(std::move(line));
}

void Report::about_row(std::string_view kind, const Place& place, const std::string& what, std::string_view reason)
{
    const std::string_view separator = what.empty() ? "" : ": ";
    add({.kind = std::string(kind),
        .field = field_of(place),
        .reason = std::string(reason),
        .row = fmt::format("{}{}{}", place.id, separator, what),
        .text = fmt::format("{}: {}{}{} ({})", kind, name_of(place), separator, what, reason)});
}

void Report::changed(const Place& place, std::string_view before, std::string_view after, std::string_view reason)
{
    about_row("changed", place, fmt::format("{} -> {}", shown(before), shown(after)), reason);
}

void Report::taken_as_it_is(const Place& place, std::string_view value, std::string_view reason)
{
    about_row("as it is", place, shown(value), reason);
}

void Report::skipped(const Place& place, std::string_view reason)
{
    ++counts(place.noun).skipped;
    about_row("skipped", place, {}, reason);
}

void Report::remarked(const Place& place, std::string_view what, std::string_view reason)
{
    about_row("remark", place, std::string(what), reason);
}

void Report::kept_ours(const Place& place, std::string_view reason)
{
    ++counts(place.noun).kept_ours;
    about_row("kept ours", place, {}, reason);
}

void Report::note(std::string_view text)
{
    add({.kind = "note", .field = {}, .reason = {}, .row = {}, .text = fmt::format("note: {}", text)});
}

void Report::missing_file(std::int64_t request, std::string_view path, std::string_view reason)
{
    about_row("missing file", {"service request", request}, shown(path), reason);
}

void Report::orphan_file(std::string_view path)
{
    add({.kind = "orphan file",
        .field = "attachment",
        .reason = "belongs to no service request",
        .row = shown(path),
        .text = fmt::format("orphan file: {} belongs to no service request", shown(path))});
}

void Report::rounded(std::string_view noun, std::string_view field)
{
    ++page_.rounded[fmt::format("{}, {}", noun, field)];
}

void Report::commit()
{
    for (const Line& line : page_.lines) {
        tell_(line.reason.empty() ? About::Site : About::Row, line.text);
        if (line.reason.empty())
            continue;
        Reason& reason = reasons_[{line.kind, line.field, line.reason}];
        ++reason.rows;
        if (reason.first.size() < most_examples)
            reason.first.push_back(line.row);
    }
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

std::vector<std::string> Report::by_reason() const
{
    std::vector<std::string> lines;
    for (const auto& [name, reason] : reasons_) {
        const auto& [kind, field, why] = name;
        lines.push_back(
            fmt::format("{}: {}: {} {} ({})", kind, field, reason.rows, reason.rows == 1 ? "row" : "rows", why));
        for (const std::string& row : reason.first)
            lines.push_back(fmt::format("    {}", row));
        const auto others = reason.rows - static_cast<std::int64_t>(reason.first.size());
        if (others > 0)
            lines.push_back(fmt::format("    and {} more", others));
    }
    return lines;
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
    for (const std::string_view kind : {"changed", "as it is", "remark", "missing file", "orphan file"})
        lines.push_back(fmt::format("{:<16} {:>8}", kind, count_lines(kind)));
    return lines;
}

} // namespace commands::import_django
