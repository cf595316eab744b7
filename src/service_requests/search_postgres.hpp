#pragma once
// The search on PostgreSQL: a tsvector of folded words with a GIN index.

#include "service_requests/search_index.hpp"

#include <optional>
#include <string>

namespace service_requests {

/// What somebody typed, as service_search is asked for it.
class PostgresSearch
{
  public:
    /// There must be a word.
    PostgresSearch(const SearchTerms& terms, std::optional<Status> status);

    /// Appends the statement for one page; a test asks the planner about it.
    void add_page(db::SqlBuilder& sql, const QueueFilter& filter) const;

  private:
    struct Walk;
    void add_one(db::SqlBuilder& sql, const QueueFilter& filter) const;
    void add_matches(db::SqlBuilder& sql, const QueueFilter& filter, const Walk& walk) const;
    void add_ids(db::SqlBuilder& sql, const QueueFilter& filter, const Walk& walk) const;

    std::string query_;
};

} // namespace service_requests
