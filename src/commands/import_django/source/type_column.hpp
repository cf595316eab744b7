#pragma once

#include "commands/import_django/source/table_finder.hpp"
#include "db/foreign.hpp"

namespace commands::import_django {

struct TypeColumn
{
    /// Empty when the operator said that there is none.
    std::string name;
    /// The table of names that it refers to; null when it holds words.
    const TableShape* table = nullptr;
};

/// Where to look for what says the type of a service request.
struct TypeSearch
{
    const TableShape& requests;
    /// Tables that other columns refer to.
    Names others;
    /// Choices::type_column.
    std::string chosen;
};

/// The chosen column; else the one that refers to a table whose rows look like types, whatever it is called; else one
/// that is called like a type. Throws Refused when there is none: a gas leak must not become Other unasked.
TypeColumn find_type_column(db::ForeignDatabase& source, const TableFinder& finder, const TypeSearch& search);

} // namespace commands::import_django
