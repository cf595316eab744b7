#pragma once

#include "commands/import_django/source/source.hpp"

#include <functional>
#include <initializer_list>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace commands::import_django {

using Names = std::vector<std::string>;

/// A table as it was found.
struct TableShape
{
    std::string name;
    std::vector<db::ForeignColumn> columns;

    bool has(std::string_view column) const;
    bool has_any(const Names& names) const;
    /// The column whose foreign key points to the table; empty for none.
    std::string column_to(std::string_view table) const;
    bool refers_to(std::string_view table) const { return !table.empty() && !column_to(table).empty(); }
};

/// A field of ours: what its column may be called, the likeliest first. With a parent the first column whose foreign
/// key points there counts, whatever it is called.
struct Wanted
{
    Names names = {};
    const SourceTable* parent = nullptr;
};

/// Looks through a database for tables and columns by what they hold and what they are called.
class TableFinder
{
  public:
    /// Reads the names of all tables and columns.
    explicit TableFinder(db::ForeignDatabase& source);

    /// The fitting table whose name ends like the first of the endings, else of the next; otherwise the only one that
    /// fits. Null when none or several do.
    const TableShape* pick(const Names& endings, const std::function<bool(const TableShape&)>& fits) const;
    /// Without columns when there is no such table.
    const TableShape& shape(const std::string& name) const;
    /// The columns for the fields; remembers which were used. Throws Refused when the rows have no whole numbers as
    /// ids.
    SourceTable take(const TableShape& table, const std::vector<Wanted>& fields);

    /// What nobody took: columns of the tables taken, and tables that are not Django's own.
    std::vector<std::string> left_out() const;

  private:
    std::vector<TableShape> tables_;
    std::map<std::string, std::set<std::string>> taken_;
};

} // namespace commands::import_django
