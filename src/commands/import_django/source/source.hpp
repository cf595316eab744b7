#pragma once

#include "commands/import_django/source/value.hpp"
#include "db/foreign.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace commands::import_django {

/// Where a field of ours stands in the source.
struct SourceColumn
{
    /// Empty when the source has no such column: its values are nothing.
    std::string name;
    /// For a reference: the table and the column it points to, so that rows whose other end is gone are found.
    std::string parent = {};
    std::string parent_key = {};
};

/// A table of the source and the columns that we take over, in the order of the noun's own list of fields.
struct SourceTable
{
    std::string name;
    std::string key = "id";
    std::vector<SourceColumn> columns;
    /// Only rows whose column of this number is not empty.
    std::optional<std::size_t> filled = {};

    bool is_there() const { return !name.empty(); }
    bool has(std::size_t field) const { return is_there() && !columns.at(field).name.empty(); }
};

/// One row of the source.
struct SourceRow
{
    std::int64_t id = 0;
    std::vector<Value> values;
    /// For each column: it points to a row that is not there.
    std::vector<bool> is_dangling;

    const Value& value(std::size_t field) const { return values.at(field); }
    /// Empty for NULL.
    const std::string& text(std::size_t field) const;
    std::int64_t digest() const;
};

/// Rows after an id, up to a last one.
struct Span
{
    std::int64_t after = 0;
    std::int64_t last = 0;
};
/// In order of id, at most `most` rows and not many more bytes than four million.
std::vector<SourceRow> read_page(
    db::ForeignDatabase& source, const SourceTable& table, const Span& span, std::size_t most);

/// The highest id, zero for an empty table, and the number of rows.
std::int64_t last_id(db::ForeignDatabase& source, const SourceTable& table);
std::int64_t count_rows(db::ForeignDatabase& source, const SourceTable& table);

} // namespace commands::import_django
