#include "commands/import_django/source/table_finder.hpp"

#include "commands/commands.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commands::import_django {

namespace {

std::string column_for(const TableShape& table, const Wanted& wanted)
{
    if (wanted.parent != nullptr && wanted.parent->is_there()) {
        if (std::string found = table.column_to(wanted.parent->name); !found.empty())
            return found;
    }
    for (const std::string& name : wanted.names)
        if (table.has(name))
            return name;
    return {};
}

std::string key_of(const TableShape& table)
{
    const auto key = std::ranges::find_if(
        table.columns, [](const db::ForeignColumn& column) { return column.is_key || column.name == "id"; });
    if (key == table.columns.end())
        throw Refused(fmt::format("the table {} has no primary key", table.name));
    if (key->type.find("int") == std::string::npos && key->type.find("serial") == std::string::npos)
        throw Refused(fmt::format(
            "the ids of {} are \"{}\" and not whole numbers; such a site cannot be imported", table.name, key->type));
    return key->name;
}

bool is_djangos_own(std::string_view table)
{
    return table.starts_with("django_") || table.starts_with("auth_") || table.starts_with("sqlite_") ||
           table.ends_with("_groups") || table.ends_with("_user_permissions");
}

} // namespace

bool TableShape::has(std::string_view column) const
{
    return std::ranges::find(columns, column, &db::ForeignColumn::name) != columns.end();
}

bool TableShape::has_any(const Names& names) const
{
    return std::ranges::any_of(names, [&](const std::string& each) { return has(each); });
}

std::string TableShape::column_to(std::string_view table) const
{
    const auto found = std::ranges::find(columns, table, &db::ForeignColumn::references);
    return found == columns.end() ? std::string() : found->name;
}

TableFinder::TableFinder(db::ForeignDatabase& source)
{
    for (const std::string& name : source.tables())
        tables_.push_back({.name = name, .columns = source.columns(name)});
}

const TableShape* TableFinder::pick(const Names& endings, const std::function<bool(const TableShape&)>& fits) const
{
    std::vector<const TableShape*> fitting;
    for (const TableShape& table : tables_)
        if (fits(table))
            fitting.push_back(&table);
    for (const std::string& ending : endings)
        for (const TableShape* table : fitting)
            if (table->name.ends_with(ending))
                return table;
    return fitting.size() == 1 ? fitting.front() : nullptr;
}

const TableShape& TableFinder::shape(const std::string& name) const
{
    static const TableShape none;
    const auto found = std::ranges::find(tables_, name, &TableShape::name);
    return found == tables_.end() ? none : *found;
}

SourceTable TableFinder::take(const TableShape& table, const std::vector<Wanted>& fields)
{
    SourceTable taken{.name = table.name, .key = key_of(table), .columns = {}};
    std::set<std::string>& used = taken_[table.name];
    used.insert(taken.key);
    for (const Wanted& wanted : fields) {
        SourceColumn column{.name = column_for(table, wanted)};
        if (!column.name.empty() && wanted.parent != nullptr && wanted.parent->is_there()) {
            column.parent = wanted.parent->name;
            column.parent_key = wanted.parent->key;
        }
        used.insert(column.name);
        taken.columns.push_back(std::move(column));
    }
    return taken;
}

std::vector<std::string> TableFinder::left_out() const
{
    std::vector<std::string> names;
    for (const TableShape& table : tables_) {
        const auto taken = taken_.find(table.name);
        if (taken == taken_.end()) {
            if (!is_djangos_own(table.name))
                names.push_back(table.name);
            continue;
        }
        for (const db::ForeignColumn& column : table.columns)
            if (!taken->second.contains(column.name))
                names.push_back(table.name + "." + column.name);
    }
    return names;
}

} // namespace commands::import_django
