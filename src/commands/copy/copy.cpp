#include "commands/copy/copy.hpp"

#include "commands/commands.hpp"
#include "search/search.hpp"
#include "search/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commands::copy {

namespace {

constexpr std::size_t copied_at_once = 200;
constexpr std::int64_t indexed_at_once = 200;

TableRows rows_of(const Sites& sites, const Table& table)
{
    return {*sites.from.read(), table};
}

bool has_users(db::Database& database)
{
    return database.read()->query("SELECT COUNT(*) FROM (SELECT 1 FROM auth_user LIMIT 1) one").integer() != 0;
}

/// What migrations put there comes from the source instead.
void empty_fresh_target(const Sites& sites)
{
    const auto tables = copied_tables();
    sites.to.write([&](db::Transaction& tx) {
        for (auto table = tables.rbegin(); table != tables.rend(); ++table)
            TableRows(tx, *table).remove_all(tx);
    });
}

void copy_table(const Sites& sites, const Table& table, const Progress& progress)
{
    const TableRows rows = rows_of(sites, table);
    const std::int64_t total = rows.count(*sites.from.read());
    std::int64_t done = rows.count(*sites.to.read());
    std::optional<Cells> position = rows.last_key(*sites.to.read());
    for (;;) {
        const auto next = rows.after(*sites.from.read(), position, copied_at_once);
        if (next.empty())
            return;
        sites.to.write([&](db::Transaction& tx) { rows.insert(tx, next); });
        position = rows.key_of(next.back());
        done += static_cast<std::int64_t>(next.size());
        progress(table.name, done, total);
    }
}

/// PostgreSQL's sequences know nothing of ids that were given.
void count_identities_on(db::Database& to)
{
    if (to.engine() != db::Engine::Postgres)
        return;
    to.write([](db::Transaction& tx) {
        for (const Table& table : copied_tables()) {
            if (!table.has_identity())
                continue;
            db::SqlBuilder sql("SELECT setval(pg_get_serial_sequence(");
            sql.bind(table.name).add(", 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM ").name(table.name);
            sql.add("), false)");
            tx.query(sql).integer();
        }
    });
}

void make_search_index(db::Database& to, const Progress& progress)
{
    const std::int64_t total = to.read()->query("SELECT COUNT(*) FROM service_servicerequest").integer();
    std::int64_t done = 0;
    for (ServiceRequestId last{0};;) {
        const auto ids =
            db::map_rows(to.read()->query("SELECT id FROM service_servicerequest WHERE id > $1 ORDER BY id LIMIT $2",
                             last.value, indexed_at_once),
                [](const db::Row& row) { return row.id<ServiceRequestId>(0); });
        if (ids.empty())
            return;
        to.write([&](db::Transaction& tx) {
            for (const ServiceRequestId id : ids)
                search::update_search_words(tx, id);
            while (search::has_words_to_index(tx))
                search::index_words(tx);
        });
        last = ids.back();
        done += static_cast<std::int64_t>(ids.size());
        progress("search index", done, total);
    }
}

} // namespace

void check_target(const Sites& sites, const Progress& progress)
{
    if (!has_users(sites.to)) {
        empty_fresh_target(sites);
        return;
    }
    for (const Table& table : copied_tables()) {
        const TableRows rows = rows_of(sites, table);
        const auto last = rows.last_key(*sites.to.read());
        if (!last)
            continue;
        progress(table.name, 0, 0);
        if (rows.print(sites.to, std::nullopt) != rows.print(sites.from, last))
            throw Refused(fmt::format("the target holds other rows in {} than the source; copy only fills an empty "
                                      "database or continues its own copy of an unchanged source. Use an empty one",
                table.name));
    }
}

void copy_rows(const Sites& sites, const Progress& progress)
{
    for (const Table& table : copied_tables())
        copy_table(sites, table, progress);
    count_identities_on(sites.to);
    make_search_index(sites.to, progress);
}

std::vector<Checked> compare(const Sites& sites, const Progress& progress)
{
    std::vector<Checked> checked;
    for (const Table& table : copied_tables()) {
        const TableRows rows = rows_of(sites, table);
        progress(table.name, 0, 0);
        const Print from = rows.print(sites.from, std::nullopt);
        const Print to = rows.print(sites.to, std::nullopt);
        if (from != to)
            throw Refused(fmt::format("{} differs after copying ({} rows in the source, {} in the target). Stop every "
                                      "server of both sites and copy into an empty database again",
                table.name, from.rows, to.rows));
        checked.push_back({std::string(table.name), to});
    }
    return checked;
}

} // namespace commands::copy
