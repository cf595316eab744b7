#include "commands/import_django/source/source.hpp"

#include <fmt/format.h>

namespace commands::import_django {

namespace {

constexpr std::size_t most_bytes = 4'000'000;

/// The value and, for a reference, how many rows it points to. Everything as text, whatever the engine's type.
void add_column(db::SqlBuilder& sql, const SourceColumn& column)
{
    if (column.name.empty()) {
        sql.add(", CAST(NULL AS TEXT), 1");
        return;
    }
    sql.add(", CAST(t.").name(column.name).add(" AS TEXT), ");
    if (column.parent.empty()) {
        sql.add("1");
        return;
    }
    sql.add("(SELECT COUNT(*) FROM ").name(column.parent).add(" p WHERE p.").name(column.parent_key);
    sql.add(" = t.").name(column.name).add(")");
}

void add_filter(db::SqlBuilder& sql, const SourceTable& table)
{
    if (table.filled)
        sql.add(" AND t.").name(table.columns.at(*table.filled).name).add(" <> ''");
}

SourceRow row_from(const db::Row& row, std::size_t columns)
{
    SourceRow read{.id = row.integer(0), .values = {}, .is_dangling = {}};
    for (std::size_t i = 0; i < columns; ++i) {
        const int column = static_cast<int>(1 + 2 * i);
        const bool is_null = row.is_null(column);
        read.values.push_back(is_null ? Value() : Value(row.string(column)));
        read.is_dangling.push_back(!is_null && row.integer(column + 1) == 0);
    }
    return read;
}

std::size_t bytes_of(const SourceRow& row)
{
    std::size_t bytes = 0;
    for (const Value& value : row.values)
        bytes += value ? value->size() : 0;
    return bytes;
}

} // namespace

const std::string& SourceRow::text(std::size_t field) const
{
    static const std::string none;
    const Value& found = value(field);
    return found ? *found : none;
}

std::int64_t SourceRow::digest() const
{
    std::string all;
    for (const Value& value : values)
        all += value ? fmt::format("{}:{}", value->size(), *value) : "-";
    return short_digest(all);
}

std::vector<SourceRow> read_page(
    db::ForeignDatabase& source, const SourceTable& table, const Span& span, std::size_t most)
{
    db::SqlBuilder sql("SELECT CAST(t.");
    sql.name(table.key).add(" AS BIGINT)");
    for (const SourceColumn& column : table.columns)
        add_column(sql, column);
    sql.add(" FROM ").name(table.name).add(" t WHERE t.").name(table.key).add(" > CAST(").bind(span.after);
    sql.add(" AS BIGINT) AND t.").name(table.key).add(" <= CAST(").bind(span.last).add(" AS BIGINT)");
    add_filter(sql, table);
    sql.add(" ORDER BY t.").name(table.key).add(" LIMIT ").bind(static_cast<std::int64_t>(most));
    std::vector<SourceRow> page;
    std::size_t bytes = 0;
    source.read(sql, [&](const db::Row& row) {
        page.push_back(row_from(row, table.columns.size()));
        bytes += bytes_of(page.back());
        return bytes <= most_bytes;
    });
    return page;
}

std::int64_t last_id(db::ForeignDatabase& source, const SourceTable& table)
{
    db::SqlBuilder sql("SELECT CAST(COALESCE(MAX(t.");
    sql.name(table.key).add("), 0) AS BIGINT) FROM ").name(table.name).add(" t");
    return source.integer(sql);
}

std::int64_t count_rows(db::ForeignDatabase& source, const SourceTable& table)
{
    db::SqlBuilder sql("SELECT COUNT(*) FROM ");
    sql.name(table.name).add(" t WHERE 1 = 1");
    add_filter(sql, table);
    return source.integer(sql);
}

} // namespace commands::import_django
