#include "commands/import_django/source/type_column.hpp"

#include "commands/commands.hpp"
#include "commands/import_django/source/choices.hpp"
#include "commands/import_django/source/types.hpp"
#include "commands/import_django/source/value.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

namespace commands::import_django {

namespace {

constexpr std::int64_t most_rows = 1000;
constexpr std::array names_of_types{"name", "title", "label", "slug", "code", "key"};

bool has_words_of_types(db::ForeignDatabase& source, const TableShape& table, const std::string& column)
{
    db::SqlBuilder sql("SELECT CAST(t.");
    sql.name(column).add(" AS TEXT) FROM ").name(table.name).add(" t WHERE t.").name(column);
    sql.add(" IS NOT NULL LIMIT ").bind(most_rows);
    bool is_found = false;
    source.read(sql, [&](const db::Row& row) {
        is_found = is_word_of_a_type(slug_of(row.text(0)));
        return !is_found;
    });
    return is_found;
}

bool has_rows_like_types(db::ForeignDatabase& source, const TableShape& table)
{
    return std::ranges::any_of(names_of_types,
        [&](const char* column) { return table.has(column) && has_words_of_types(source, table, column); });
}

bool has_names(const TableShape& table)
{
    return table.has_any(Names(names_of_types.begin(), names_of_types.end()));
}

TypeColumn column_called(const TableFinder& finder, const TypeSearch& search)
{
    if (search.chosen == no_type_column)
        return {};
    const auto found = std::ranges::find(search.requests.columns, search.chosen, &db::ForeignColumn::name);
    if (found == search.requests.columns.end()) {
        std::vector<std::string> names;
        std::ranges::transform(search.requests.columns, std::back_inserter(names), &db::ForeignColumn::name);
        throw Refused(fmt::format("--map type={}: {} has no such column; it has {}", search.chosen,
            search.requests.name, fmt::join(names, ", ")));
    }
    const TableShape& table = finder.shape(found->references);
    return {.name = found->name, .table = has_names(table) ? &table : nullptr};
}

/// Columns that refer to a table of names which nothing else of ours is.
std::vector<TypeColumn> references_to_names(const TableFinder& finder, const TypeSearch& search)
{
    std::vector<TypeColumn> found;
    for (const db::ForeignColumn& column : search.requests.columns) {
        const bool is_other = std::ranges::find(search.others, column.references) != search.others.end();
        const TableShape& table = finder.shape(column.references);
        if (!column.references.empty() && !is_other && has_names(table))
            found.push_back({.name = column.name, .table = &table});
    }
    return found;
}

} // namespace

TypeColumn find_type_column(db::ForeignDatabase& source, const TableFinder& finder, const TypeSearch& search)
{
    if (!search.chosen.empty())
        return column_called(finder, search);
    const auto references = references_to_names(finder, search);
    for (const TypeColumn& each : references) {
        if (has_rows_like_types(source, *each.table))
            return each;
    }
    for (const TypeColumn& each : references) {
        if (each.name.find("type") != std::string::npos)
            return each;
    }
    for (const char* name :
        {"request_type", "type", "service_type", "request_type_id", "type_id", "category", "kind"}) {
        if (search.requests.has(name))
            return {.name = name};
    }
    throw Refused(fmt::format("no column of {} looks like the type of a service request, and without it a gas leak is "
                              "no emergency. Name the column: --map type=COLUMN, or say that there is none: --map "
                              "type={}",
        search.requests.name, no_type_column));
}

} // namespace commands::import_django
