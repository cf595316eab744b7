#pragma once
// The search on PostgreSQL: a tsvector of folded words with a GIN index.

#include "search/index.hpp"

#include <optional>
#include <string>

namespace search {

/// What somebody typed, as service_search is asked for it.
class PostgresSearch
{
  public:
    /// There must be a word.
    PostgresSearch(const SearchTerms& terms, const Filter& filter);

    /// Appends the statement for one page; a test asks the planner about it.
    void add_page(db::SqlBuilder& sql, const Filter& filter) const;

  private:
    struct Walk;
    void add_joined(db::SqlBuilder& sql, const Filter& filter) const;
    void add_matches(db::SqlBuilder& sql, const Filter& filter, const Walk& walk) const;
    static void add_end(db::SqlBuilder& sql, const Walk& walk, db::Sql less);
    void add_ids(db::SqlBuilder& sql, const Filter& filter, const Walk& walk) const;
    void add_ids_by_update(db::SqlBuilder& sql, const Filter& filter) const;

    std::string query_;
    /// The words tell the type, too.
    bool tells_type_ = false;
};

} // namespace search
