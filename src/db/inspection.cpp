#include "db/inspection.hpp"

#include <algorithm>
#include <cstdint>

namespace db {

namespace {

constexpr std::size_t most_findings = 5;

/// SQLite tells several findings in one row, each on a line.
void add_lines(std::vector<std::string>& findings, std::string_view text)
{
    while (!text.empty() && findings.size() < most_findings) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (!line.empty() && !line.starts_with("***"))
            findings.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
}

Inspection look_into_file(Connection& db)
{
    Inspection inspection;
    try {
        for (const Row row : db.query("PRAGMA quick_check(20)")) {
            if (row.text(0) != "ok")
                add_lines(inspection.damage, row.text(0));
        }
    } catch (const Error& error) {
        // So much is damaged that the check itself gave up.
        inspection.damage.emplace_back(error.what());
    }
    inspection.looked_at = "the whole database file was read";
    return inspection;
}

void add_damage_of(Connection& db, std::string_view table, std::vector<std::string>& damage)
{
    SqlBuilder sql("PRAGMA quick_check(");
    sql.name(table).add(")");
    for (const Row row : db.query(sql)) {
        if (row.text(0) != "ok")
            add_lines(damage, row.text(0));
    }
}

Inspection ask_server(Connection& db)
{
    struct Pages
    {
        bool have_checksums = false;
        std::int64_t damaged = 0;
    };
    const Pages pages =
        db.query(R"(
        SELECT CASE current_setting('data_checksums') WHEN 'on' THEN 1 ELSE 0 END, COALESCE(checksum_failures, 0)
          FROM pg_stat_database WHERE datname = current_database())")
            .first([](const Row& row) { return Pages{.have_checksums = row.boolean(0), .damaged = row.integer(1)}; })
            .value_or(Pages{});
    Inspection inspection;
    if (!pages.have_checksums) {
        inspection.left_out =
            "PostgreSQL keeps no checksums of its pages (pg_checksums --enable), so nothing was looked at; "
            "pg_amcheck looks at all of them";
        return inspection;
    }
    if (pages.damaged > 0)
        inspection.damage.push_back(
            std::to_string(pages.damaged) + " pages did not fit their checksum when they were read");
    inspection.looked_at = "PostgreSQL found no damage in the pages it has read";
    inspection.left_out = "pages that nobody has read were not looked at; pg_amcheck looks at all of them";
    return inspection;
}

} // namespace

Inspection look_for_damage_by_table(Connection& db, const std::function<bool()>& goes_on)
{
    Inspection inspection;
    try {
        const auto tables = map_rows(db.query("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0"),
            [](const Row& row) { return row.string(0); });
        std::size_t done = 0;
        for (; done < tables.size() && goes_on() && inspection.damage.size() < most_findings; ++done)
            add_damage_of(db, tables[done], inspection.damage);
        inspection.looked_at = std::to_string(done) + " of " + std::to_string(tables.size()) + " tables were read";
    } catch (const Error& error) {
        inspection.damage.emplace_back(error.what());
    }
    return inspection;
}

std::vector<std::string> list_broken_references(Connection& db, std::size_t limit)
{
    std::vector<std::string> found;
    if (db.engine() != Engine::Sqlite)
        return found;
    for (const Row row : db.query("PRAGMA foreign_key_check")) {
        if (found.size() == limit)
            break;
        found.push_back(row.string(0) + " " + std::to_string(row.integer(1)) + ": no " + row.string(2));
    }
    return found;
}

Inspection look_for_damage(Connection& db)
{
    return db.engine() == Engine::Sqlite ? look_into_file(db) : ask_server(db);
}

} // namespace db
