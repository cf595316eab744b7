#pragma once

#include "base/ids.hpp"
#include "commands/import_django/ledger.hpp"
#include "commands/import_django/report.hpp"
#include "commands/import_django/source/layout.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace commands::import_django {

/// What a table of request types is known by: one of our own types other than "other", or anything with "leak" in it.
bool is_word_of_a_type(std::string_view slug);

/// A request type here for each word, slug or row of a types table there. An unknown one becomes a type of its own,
/// reported; beyond fifty new ones it becomes Other.
class Types
{
  public:
    /// Reads the source's table of types, if it has one. Throws Refused when it has more than a thousand rows.
    Types(db::ForeignDatabase& source, const Layout& layout);

    struct Type
    {
        RequestTypeId id;
        std::string name;
        bool is_emergency = false;
    };
    /// The type for what a service request's column holds. In a dry run a new one has the id zero.
    Type find(const Target& target, const Value& stored, const Place& place, Report& report);

  private:
    void load(const Target& target);
    Type add(const Target& target, const std::string& words, Report& report);
    Type other(const std::string& words, const Place& place, Report& report) const;

    bool has_table_;
    /// From the source's table: id → name, or slug where it has no name.
    std::map<std::string, std::string> names_;
    bool is_loaded_ = false;
    std::map<std::string, Type> by_slug_;
    std::size_t added_ = 0;
};

} // namespace commands::import_django
