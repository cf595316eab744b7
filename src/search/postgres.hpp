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
    PostgresSearch(const SearchTerms& terms, std::optional<service_requests::Status> status);

    /// Appends the statement for one page; a test asks the planner about it.
    void add_page(db::SqlBuilder& sql, const Filter& filter) const;

  private:
    struct Walk;
    void add_one(db::SqlBuilder& sql, const Filter& filter) const;
    void add_matches(db::SqlBuilder& sql, const Filter& filter, const Walk& walk) const;
    void add_ids(db::SqlBuilder& sql, const Filter& filter, const Walk& walk) const;

    std::string query_;
};

} // namespace search
