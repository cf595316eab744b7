#include "commands/import_django/unclear.hpp"

#include "base/text.hpp"
#include "commands/commands.hpp"

#include <fmt/format.h>

#include <string>
#include <vector>

namespace commands::import_django {

namespace {

constexpr std::int64_t most_words = 1000;
constexpr std::size_t most_named = 20;

[[noreturn]] void refuse_clock()
{
    throw Refused(
        "the times in this database have no time zone. Look at USE_TZ in the site's settings.py. If it is True, "
        "or missing in Django 5, they are UTC: run again with --source-time-zone UTC. If it is False, they "
        "are those of TIME_ZONE: run again with that one, for example --source-time-zone America/New_York");
}

void refuse_first_clock(db::ForeignDatabase& source, const SourceTable& table, std::size_t field)
{
    if (!table.is_there() || table.columns.at(field).name.empty())
        return;
    for (const SourceRow& row : read_page(source, table, {.after = INT64_MIN, .last = INT64_MAX}, 1)) {
        const auto parsed = parse_time(row.text(field));
        if (parsed && parsed->is_of_a_clock)
            refuse_clock();
    }
}

std::vector<std::string> statuses_in(db::ForeignDatabase& source, const SourceTable& requests)
{
    const std::string& column = requests.columns.at(request_field::Status).name;
    db::SqlBuilder sql("SELECT DISTINCT CAST(t.");
    sql.name(column).add(" AS TEXT) FROM ").name(requests.name).add(" t WHERE t.").name(column);
    sql.add(" IS NOT NULL LIMIT ").bind(most_words);
    std::vector<std::string> words;
    source.read(sql, [&](const db::Row& row) {
        words.push_back(row.string(0));
        return true;
    });
    return words;
}

void refuse_unknown_statuses(db::ForeignDatabase& source, const Layout& layout, const Choices& choices)
{
    std::string unknown;
    std::string example;
    std::size_t count = 0;
    for (const std::string& word : statuses_in(source, layout.requests)) {
        // Nothing is said by it, so it is Pending, and reported.
        if (slug_of(word).empty() || status_of(word, choices))
            continue;
        if (++count <= most_named)
            unknown += (unknown.empty() ? "" : ", ") + shown(word);
        if (example.empty())
            example = slug_of(word);
    }
    if (count == 0)
        return;
    throw Refused(fmt::format("{} unknown {} of the status in {}: {}{}. Say for each what it means, for example --map "
                              "status:{}=Resolved",
        count, count == 1 ? "word" : "words", layout.requests.name, unknown, count > most_named ? ", …" : "", example));
}

} // namespace

base::Time instant_of(const ParsedTime& parsed, const Choices& choices)
{
    if (!parsed.is_of_a_clock)
        return parsed.time;
    if (choices.zone == nullptr)
        refuse_clock();
    return choices.zone->instant_of(parsed.time);
}

void refuse_unclear(db::ForeignDatabase& source, const Layout& layout, const Choices& choices)
{
    if (choices.zone == nullptr) {
        refuse_first_clock(source, layout.users, user_field::DateJoined);
        refuse_first_clock(source, layout.requests, request_field::SubmittedAt);
    }
    refuse_unknown_statuses(source, layout, choices);
}

} // namespace commands::import_django
