#pragma once

#include "base/crypto.hpp"
#include "commands/copy/tables.hpp"
#include "db/database.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace commands::copy {

struct Column
{
    std::string name;
    /// The declared type in lower case.
    std::string type;

    bool is_integer() const { return type == "integer" || type == "bigint" || type == "smallint"; }
};

/// A value with its own text.
struct Cell
{
    enum class Kind : std::uint8_t
    {
        Null,
        Integer,
        Text
    };
    Kind kind = Kind::Null;
    std::int64_t integer = 0;
    std::string text;

    db::Value value() const;
};
using Cells = std::vector<Cell>;

/// What a table holds: as many rows, and the SHA-256 of all their values in order of the key.
struct Print
{
    std::int64_t rows = 0;
    base::Sha256 digest{};

    bool operator==(const Print&) const = default;
};

/// Reads and writes whole rows of one table of a site, whatever its columns are. Used with any connection to either
/// engine; both have the same columns by the migrations.
class TableRows
{
  public:
    /// Looks the columns up. Throws db::Error when there is no such table or a column is neither a number nor text.
    TableRows(db::Connection& db, const Table& table);

    const Table& table() const { return table_; }
    std::int64_t count(db::Connection& db) const;
    /// The key of the last row; nothing for an empty table.
    std::optional<Cells> last_key(db::Connection& db) const;
    /// Up to `limit` rows after a key, in order of the key.
    std::vector<Cells> after(db::Connection& db, const std::optional<Cells>& key, std::size_t limit) const;
    Cells key_of(const Cells& row) const;
    void insert(db::Transaction& tx, const std::vector<Cells>& rows) const;
    void remove_all(db::Transaction& tx) const;
    /// What the rows hold, up to and with a key when one is given. Memory does not grow with the table; several leases.
    Print print(db::Database& database, const std::optional<Cells>& until) const;

  private:
    void add_columns(db::SqlBuilder& sql) const;
    void add_key(db::SqlBuilder& sql) const;
    void add_key_values(db::SqlBuilder& sql, const Cells& key) const;
    void add_order(db::SqlBuilder& sql, db::Sql direction) const;
    Cell cell(const db::Row& row, std::size_t column) const;

    const Table& table_;
    std::vector<Column> columns_;
    std::vector<std::size_t> key_columns_;
};

} // namespace commands::copy
