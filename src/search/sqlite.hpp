#pragma once
// The search on SQLite: FTS5, and a table of words that wait to be moved into it.

#include "search/index.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace search {

/// Where matches are found. Each is asked on its own and gives rows in order of id.
enum class SearchPlace : std::uint8_t
{
    Index,
    Waiting
};
inline constexpr std::array search_places{SearchPlace::Index, SearchPlace::Waiting};

/// What somebody typed, as both places are asked for it.
class SqliteSearch
{
  public:
    /// Looks up how words may go on. There must be a word.
    SqliteSearch(db::Connection& db, const SearchTerms& terms, const Filter& filter);

    /// Appends the statement for one page of what a place holds; a test asks the planner about it.
    void add_page(db::SqlBuilder& sql, const Filter& filter, SearchPlace place) const;
    /// Appends the statement for one page that looks at rows instead of the index: at the `looked_at` that were updated
    /// last, from the position on, or at all that were resolved since filter.resolved_from.
    void add_walk(db::SqlBuilder& sql, const Filter& filter, std::size_t looked_at) const;

  private:
    void add_needles(db::SqlBuilder& sql, db::Sql words) const;
    void add_condition(db::SqlBuilder& sql, SearchPlace place) const;

    std::string match_;
    /// For each word its spellings, one of which must occur.
    std::vector<std::vector<std::string>> needles_;
};

} // namespace search
