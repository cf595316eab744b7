#pragma once

#include "commands/import_django/source/value.hpp"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string_view>
#include <unordered_set>

namespace commands::import_django {

/// What a dry run would have written by now, as far as later rows look at it: so that it tells exactly what the import
/// does. Eight bytes for each name; used by one thread.
class Rehearsal
{
  public:
    /// User names and account numbers, each in a list of its own.
    bool has_name(std::string_view list, std::string_view name) const
    {
        const auto found = names_.find(list);
        return found != names_.end() && found->second.contains(short_digest(name));
    }
    void add_name(std::string_view list, std::string_view name) { names_[list].insert(short_digest(name)); }

    /// Of the rows of one table.
    bool has_id(std::string_view table, std::int64_t id) const
    {
        const auto found = ids_.find(table);
        return found != ids_.end() && found->second.given.contains(id);
    }
    std::int64_t highest_id(std::string_view table) const
    {
        const auto found = ids_.find(table);
        return found == ids_.end() ? 0 : found->second.highest;
    }
    /// `is_own`: the row keeps the id that it has in the source, where no other has it.
    void add_id(std::string_view table, std::int64_t id, bool is_own)
    {
        Ids& ids = ids_[table];
        ids.highest = std::max(ids.highest, id);
        if (!is_own)
            ids.given.insert(id);
    }

  private:
    struct Ids
    {
        std::int64_t highest = 0;
        std::unordered_set<std::int64_t> given;
    };

    // The keys are literals.
    std::map<std::string_view, std::unordered_set<std::int64_t>> names_;
    std::map<std::string_view, Ids> ids_;
};

} // namespace commands::import_django
