#include "commands/copy/rows.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace commands::copy {

namespace {

constexpr std::size_t printed_at_once = 500;
// Well below what either engine allows for parameters, with our widest table.
constexpr std::size_t inserted_at_once = 50;

std::vector<Column> find_columns(db::Connection& db, std::string_view table)
{
    const auto column = [](const db::Row& row) { return Column{row.string(0), base::ascii_lower(row.text(1))}; };
    auto columns =
        db.engine() == db::Engine::Sqlite
            ? db::map_rows(db.query("SELECT name, type FROM pragma_table_info($1) ORDER BY cid", table), column)
            : db::map_rows(db.query(R"(
                             SELECT column_name::text, data_type::text FROM information_schema.columns
                              WHERE table_schema = current_schema() AND table_name = $1 ORDER BY ordinal_position)",
                               table),
                  column);
    if (columns.empty())
        throw db::Error("there is no table " + std::string(table));
    for (const Column& found : columns) {
        if (!found.is_integer() && found.type != "text" && found.type != "xid8")
            throw db::Error("copying a column of type " + found.type + " is not known: " + found.name);
    }
    // A server's own transaction numbers mean nothing on another one.
    std::erase_if(columns, [](const Column& found) { return found.type == "xid8"; });
    // By name: migrations may have added columns in another order on the other engine.
    std::sort(columns.begin(), columns.end(), [](const Column& a, const Column& b) { return a.name < b.name; });
    return columns;
}

void feed(base::Sha256Stream& digest, const Cells& row)
{
    std::string bytes;
    for (const Cell& cell : row) {
        switch (cell.kind) {
        case Cell::Kind::Null:
            bytes += 'n';
            break;
        case Cell::Kind::Integer:
            bytes += 'i' + std::to_string(cell.integer);
            break;
        case Cell::Kind::Text:
            bytes += 't' + std::to_string(cell.text.size()) + ':' + cell.text;
            break;
        }
        bytes += ';';
    }
    digest.update(bytes);
}

void add_values(db::SqlBuilder& sql, const Cells& row)
{
    for (std::size_t i = 0; i < row.size(); ++i) {
        if (i > 0)
            sql.add(", ");
        sql.bind(row[i].value());
    }
}

bool is_after(const Cells& a, const Cells& b)
{
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i].integer != b[i].integer)
            return a[i].integer > b[i].integer;
        if (const int order = a[i].text.compare(b[i].text); order != 0)
            return order > 0;
    }
    return false;
}

} // namespace

db::Value Cell::value() const
{
    switch (kind) {
    case Kind::Integer:
        return db::Value(integer);
    case Kind::Text:
        return db::Value(text);
    case Kind::Null:
        break;
    }
    return {};
}

TableRows::TableRows(db::Connection& db, const Table& table) : table_(table), columns_(find_columns(db, table.name))
{
    for (const std::string_view name : table.key) {
        const auto column = std::find_if(
            columns_.begin(), columns_.end(), [&](const Column& candidate) { return candidate.name == name; });
        if (column != columns_.end())
            key_columns_.push_back(static_cast<std::size_t>(column - columns_.begin()));
    }
    if (key_columns_.size() != (table.has_two_keys() ? 2U : 1U))
        throw db::Error("the key of the table " + std::string(table.name) + " is not known");
}

void TableRows::add_key(db::SqlBuilder& sql) const
{
    sql.name(table_.key[0]);
    if (table_.has_two_keys())
        sql.add(", ").name(table_.key[1]);
}

void TableRows::add_key_values(db::SqlBuilder& sql, const Cells& key) const
{
    sql.add("(").bind(key[0].value());
    if (table_.has_two_keys())
        sql.add(", ").bind(key[1].value());
    sql.add(")");
}

void TableRows::add_order(db::SqlBuilder& sql, db::Sql direction) const
{
    sql.add(" ORDER BY ").name(table_.key[0]).add(direction);
    if (table_.has_two_keys())
        sql.add(", ").name(table_.key[1]).add(direction);
    sql.add(" LIMIT ");
}

Cell TableRows::cell(const db::Row& row, std::size_t column) const
{
    const int position = static_cast<int>(column);
    if (row.is_null(position))
        return {};
    if (columns_[column].is_integer())
        return {.kind = Cell::Kind::Integer, .integer = row.integer(position), .text = {}};
    return {.kind = Cell::Kind::Text, .integer = 0, .text = row.string(position)};
}

std::int64_t TableRows::count(db::Connection& db) const
{
    db::SqlBuilder sql("SELECT COUNT(*) FROM ");
    sql.name(table_.name);
    return db.query(sql).integer();
}

std::vector<Cells> TableRows::after(db::Connection& db, const std::optional<Cells>& key, std::size_t limit) const
{
    db::SqlBuilder sql("SELECT ");
    add_columns(sql);
    sql.add(" FROM ").name(table_.name);
    if (key) {
        sql.add(" WHERE (");
        add_key(sql);
        sql.add(") > ");
        add_key_values(sql, *key);
    }
    add_order(sql, "");
    sql.bind(limit);
    return db::map_rows(db.query(sql), [&](const db::Row& row) {
        Cells cells;
        for (std::size_t i = 0; i < columns_.size(); ++i)
            cells.push_back(cell(row, i));
        return cells;
    });
}

Cells TableRows::key_of(const Cells& row) const
{
    Cells key;
    for (const std::size_t column : key_columns_)
        key.push_back(row[column]);
    return key;
}

std::optional<Cells> TableRows::last_key(db::Connection& db) const
{
    db::SqlBuilder sql("SELECT ");
    add_key(sql);
    sql.add(" FROM ").name(table_.name);
    add_order(sql, " DESC");
    sql.bind(1);
    return db.query(sql).first([&](const db::Row& row) {
        Cells key;
        for (std::size_t i = 0; i < key_columns_.size(); ++i) {
            const bool is_integer = columns_[key_columns_[i]].is_integer();
            const int position = static_cast<int>(i);
            key.push_back(is_integer ? Cell{Cell::Kind::Integer, row.integer(position), {}}
                                     : Cell{Cell::Kind::Text, 0, row.string(position)});
        }
        return key;
    });
}

void TableRows::add_columns(db::SqlBuilder& sql) const
{
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (i > 0)
            sql.add(", ");
        sql.name(columns_[i].name);
    }
}

void TableRows::insert(db::Transaction& tx, const std::vector<Cells>& rows) const
{
    for (std::size_t begin = 0; begin < rows.size(); begin += inserted_at_once) {
        db::SqlBuilder sql("INSERT INTO ");
        sql.name(table_.name).add(" (");
        add_columns(sql);
        sql.add(") VALUES ");
        const std::size_t end = std::min(begin + inserted_at_once, rows.size());
        for (std::size_t row = begin; row < end; ++row) {
            sql.add(row == begin ? db::Sql("(") : db::Sql(", ("));
            add_values(sql, rows[row]);
            sql.add(")");
        }
        tx.apply(sql);
    }
}

void TableRows::remove_all(db::Transaction& tx) const
{
    db::SqlBuilder sql("DELETE FROM ");
    sql.name(table_.name);
    tx.apply(sql);
}

Print TableRows::print(db::Database& database, const std::optional<Cells>& until) const
{
    Print print;
    base::Sha256Stream digest;
    std::optional<Cells> position;
    for (;;) {
        const auto rows = after(*database.read(), position, printed_at_once);
        for (const Cells& row : rows) {
            position = key_of(row);
            if (until && is_after(*position, *until)) {
                print.digest = digest.finish();
                return print;
            }
            feed(digest, row);
            ++print.rows;
        }
        if (rows.size() < printed_at_once)
            break;
    }
    print.digest = digest.finish();
    return print;
}

} // namespace commands::copy
