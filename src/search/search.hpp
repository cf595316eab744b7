#pragma once
// The full-text index of service requests. What is found is the same on both engines; how differs, so each has a file
// of its own: sqlite.cpp (FTS5) and postgres.cpp (tsvector). Queries are made from folded words, so that
// nothing a visitor types is read as an engine's syntax.

#include "search/filter.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace search {

/// True when the filter has words; then list_matches() lists what add_browse_sql() does without.
bool is_searching(const Filter& filter);
/// One page of what filter.search finds: page_size + 1 rows at most, in the filter's order.
std::vector<service_requests::ServiceRequest> list_matches(db::Connection& db, const Filter& filter);

/// Words under which the search finds a service request.
struct SearchText
{
    std::string text;
    RequestTypeId type;
    service_requests::Status status = service_requests::Status::Pending;
};

/// Adds the words of a new service request; they are found at once.
void add_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text);
/// Replaces the words of a service request.
void replace_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text);

/// Lock the words of a service request until the end of the transaction, before they are made anew of what may change.
void hold_words(db::Transaction& tx, ServiceRequestId id);

/// True when enough words wait for index_words(). Housekeeping asks every second: nobody's request pays for SQLite's
/// index. PostgreSQL does not tell: false.
bool has_words_to_index(db::Connection& db);
/// Moves words that wait into the index: those of up to 256 service requests on SQLite, all on PostgreSQL. They are
/// found before, too, only not as fast.
void index_words(db::Transaction& tx);
/// Rewrites the index without what replace_words() left in it, after the words of many were replaced: until then SQLite
/// reads both.
void compact_index(db::Transaction& tx);

/// True when exactly these words are stored for the service request.
bool has_words(db::Connection& db, ServiceRequestId id, const SearchText& text);

} // namespace search
