#include "commands/import_django/noun.hpp"

#include "commands/import_django/unclear.hpp"

namespace commands::import_django {

std::string Noun::text(const SourceRow& row, std::size_t field, std::string_view name) const
{
    const std::string& there = row.text(field);
    std::string here = storable(there);
    if (here != there)
        report().changed(place(row, name), there, here, "zero bytes and broken UTF-8 cannot be kept");
    return here;
}

std::optional<base::Time> Noun::time(const SourceRow& row, std::size_t field, std::string_view name) const
{
    const Value& value = row.value(field);
    if (!value)
        return std::nullopt;
    const auto parsed = parse_time(*value);
    if (!parsed) {
        report().changed(place(row, name), *value, "", "not a date and time");
        return std::nullopt;
    }
    if (parsed->is_rounded)
        report().rounded(subject(), name);
    return instant_of(*parsed, choices());
}

std::int64_t Noun::resolve(const Target& target, std::string_view other, const SourceRow& row, std::size_t field) const
{
    const auto id = parse_id(row.value(field));
    if (!id || row.is_dangling.at(field))
        return 0;
    if (const auto known = find_known(target, other, *id))
        return known->target_id;
    return target.writes() ? 0 : *id;
}

void take_row(Noun& noun, const Target& target, const SourceRow& row, Report& report)
{
    if (row.id <= 0) {
        report.skipped({noun.subject(), row.id}, "numbers begin at 1");
        return;
    }
    Counts& counts = report.counts(noun.subject());
    const std::int64_t digest = noun.digest(row);
    const auto known = find_known(target, noun.subject(), row.id);
    if (known && known->digest == digest) {
        ++counts.same;
        return;
    }
    if (!known) {
        const std::int64_t id = noun.add(target, row);
        if (id == 0)
            return;
        ++counts.added;
        if (target.writes())
            remember(*target.tx, noun.subject(), row.id,
                {.target_id = id, .digest = digest, .version = noun.first_version()});
        return;
    }
    const auto version = noun.update(target, row, *known);
    if (!version)
        return;
    ++counts.updated;
    if (target.writes())
        remember(
            *target.tx, noun.subject(), row.id, {.target_id = known->target_id, .digest = digest, .version = *version});
}

} // namespace commands::import_django
