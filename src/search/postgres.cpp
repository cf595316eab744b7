#include "search/postgres.hpp"

#include "search/filter.hpp"
#include "service_requests/row.hpp"

#include <algorithm>

namespace search {

namespace {

/// How many rows are looked at for each one wanted, from where the page begins, before the index is asked. The index
/// gives all matches, which have to be sorted: 34 ms of 100,000 rows that all hold a word, where looking finds the page
/// in 0.2 ms. A rare word costs 0.3 to 0.6 ms of looking in vain.
constexpr std::size_t looked_at_for_each = 40;
constexpr std::size_t most_looked_at = 10'000;

/// Folded words hold letters and digits only, so that nothing in the quotes needs escaping.
std::string in_quotes(std::string_view word)
{
    return '\'' + std::string(word) + '\'';
}

std::string joined(const std::vector<std::string>& words)
{
    std::string all;
    for (const std::string& word : words) {
        all += all.empty() ? "" : " ";
        all += word;
    }
    return all;
}

class PostgresSearchIndex final : public SearchIndex
{
  public:
    std::vector<service_requests::ServiceRequest> list(
        db::Connection& db, const Filter& filter, const SearchTerms& terms) const override
    {
        db::SqlBuilder sql;
        PostgresSearch(terms, filter.status).add_page(sql, filter);
        return db::map_rows(db.query(sql), service_requests::service_request_from_row);
    }

    void add(db::Transaction& tx, ServiceRequestId id, const std::vector<std::string>& words) const override
    {
        // Not to_tsvector(): its parser would take words apart in its own way.
        tx.apply(R"(
            INSERT INTO service_search (service_request_id, words)
            VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))
            ON CONFLICT (service_request_id) DO UPDATE SET words = excluded.words)",
            id, joined(words));
    }

    void replace(db::Transaction& tx, ServiceRequestId id, const std::vector<std::string>& words) const override
    {
        add(tx, id, words);
    }

    bool has_waiting(db::Connection&) const override { return false; }
    void move_waiting(db::Transaction& tx) const override
    {
        tx.query("SELECT gin_clean_pending_list('service_search_by_word')").integer();
    }
    void compact(db::Transaction& tx) const override { move_waiting(tx); }
};

} // namespace

const SearchIndex& postgres_search_index()
{
    static const PostgresSearchIndex index;
    return index;
}

/// The walk through the matches' ids that an order asks for.
struct PostgresSearch::Walk
{
    /// How many ids are wanted.
    std::size_t length = 0;
    /// Walked upwards, from the oldest on.
    bool is_upwards = false;
    /// Where it begins: after this id; nothing for the first page.
    std::optional<ServiceRequestId> start;
    /// Filters that the words do not tell: each match's row is looked at.
    bool tests_rows = false;

    static Walk of(const Filter& filter)
    {
        // The newest are sorted by their update and filtered afterwards, as on SQLite.
        if (filter.sort == Sort::Updated) {
            return {.length = most_sorted_matches};
        }
        const bool tests_rows = !filter.types.empty() || filter.from || filter.until || filter.resolved_from;
        return {.length = filter.page_size + 1,
            .is_upwards = filter.sort == Sort::Oldest,
            .start = filter.position ? std::optional(filter.position->id) : std::nullopt,
            .tests_rows = tests_rows};
    }
};

PostgresSearch::PostgresSearch(const SearchTerms& terms, std::optional<service_requests::Status> status)
{
    for (auto word = terms.words.begin(); word != terms.words.end() - 1; ++word) {
        query_ += in_quotes(*word) + " & ";
    }
    query_ += in_quotes(terms.words.back());
    query_ += terms.goes_on() ? ":*" : "";
    if (status) {
        query_ += " & " + in_quotes(status_word(*status));
    }
}

void PostgresSearch::add_page(db::SqlBuilder& sql, const Filter& filter) const
{
    if (filter.only) {
        add_one(sql, filter);
        return;
    }
    const Walk walk = Walk::of(filter);
    sql.add(service_requests::row_columns)
        .add(" FROM service_servicerequest r")
        .add(service_requests::row_joins)
        .add(" WHERE r.id IN (");
    add_ids(sql, filter, walk);
    sql.add(")");
    if (filter.sort == Sort::Updated) {
        add_row_filters(sql, filter, db::Engine::Postgres);
    }
    add_match_position(sql, filter, "r.id");
}

void PostgresSearch::add_one(db::SqlBuilder& sql, const Filter& filter) const
{
    sql.add(service_requests::row_columns)
        .add(" FROM service_search s JOIN service_servicerequest r ON r.id = s.service_request_id");
    sql.add(service_requests::row_joins).add(" WHERE s.words @@ CAST(").bind(query_).add(" AS tsquery)");
    add_row_filters(sql, filter, db::Engine::Postgres);
    add_match_position(sql, filter, "s.service_request_id");
}

/// The filters that are in `s`: the words, and what only the row tells.
void PostgresSearch::add_matches(db::SqlBuilder& sql, const Filter& filter, const Walk& walk) const
{
    if (walk.tests_rows) {
        sql.add(" JOIN service_servicerequest r ON r.id = s.id");
    }
    sql.add(" WHERE s.words @@ CAST(").bind(query_).add(" AS tsquery)");
    if (walk.tests_rows) {
        add_row_filters(sql, filter, db::Engine::Postgres);
    }
}

void PostgresSearch::add_ids(db::SqlBuilder& sql, const Filter& filter, const Walk& walk) const
{
    const db::Sql after = walk.is_upwards ? db::Sql(" > ") : db::Sql(" < ");
    const db::Sql order = walk.is_upwards ? db::Sql(" LIMIT ") : db::Sql(" DESC LIMIT ");
    sql.add(
        "WITH walked AS MATERIALIZED (SELECT s.id FROM (SELECT service_request_id AS id, words FROM service_search");
    if (walk.start) {
        sql.add(" WHERE service_request_id").add(after).bind(walk.start->value);
    }
    sql.add(" ORDER BY service_request_id").add(order);
    sql.bind(std::min(walk.length * looked_at_for_each, most_looked_at)).add(") s");
    add_matches(sql, filter, walk);
    sql.add(" ORDER BY s.id").add(order).bind(walk.length).add(")");

    // The addition keeps the planner from walking the primary key once more: the index by words is asked, if at all.
    sql.add(" SELECT id FROM walked UNION ALL (SELECT s.id FROM (SELECT service_request_id + 0 AS id, words");
    sql.add(" FROM service_search) s");
    add_matches(sql, filter, walk);
    if (walk.start) {
        sql.add(" AND s.id").add(after).bind(walk.start->value);
    }
    sql.add(" AND (SELECT COUNT(*) FROM walked) < ").bind(walk.length);
    sql.add(" ORDER BY s.id").add(order).bind(walk.length).add(")");
}

} // namespace search
