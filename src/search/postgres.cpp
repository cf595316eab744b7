#include "search/postgres.hpp"

#include "search/filter.hpp"
#include "service_requests/row.hpp"

#include <algorithm>
#include <utility>

namespace search {

namespace {

/// How many rows are looked at for each one wanted, from where the page begins, before the index is asked. The index
/// gives all matches, which have to be sorted: 34 ms of 100,000 rows that all hold a word, where looking finds the page
/// in 0.2 ms. A rare word costs 0.3 to 0.6 ms of looking in vain. Of a filter's rows fewer match, and more matches are
/// spared by looking longer.
constexpr std::size_t looked_at_for_each = 40;
constexpr std::size_t looked_at_for_each_of_type = 120;
constexpr std::size_t looked_at_for_each_filtered = 300;
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

void append_any(std::string& any, std::string_view word, bool goes_on)
{
    any += any.empty() ? "" : " | ";
    any += in_quotes(word) + (goes_on ? ":*" : "");
}

/// The term in service requests of these types, or in all of them; says whether the words tell the type.
std::pair<std::string, bool> match_of(const Term& term, const std::vector<RequestTypeId>& types)
{
    std::string any;
    bool tells_type = !types.empty();
    for (const auto& [word, goes_on] : term.spellings()) {
        for (const RequestTypeId type : types) {
            const auto marked = word_of_type(type, word);
            tells_type = tells_type && marked;
            append_any(any, marked.value_or(word), goes_on);
        }
        if (types.empty())
            append_any(any, word, goes_on);
    }
    return {any, tells_type};
}

class PostgresSearchIndex final : public SearchIndex
{
  public:
    std::vector<service_requests::ServiceRequest> list(
        db::Connection& db, const Filter& filter, const SearchTerms& terms) const override
    {
        db::SqlBuilder sql;
        PostgresSearch(terms, filter).add_page(sql, filter);
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

    void hold(db::Transaction& tx, ServiceRequestId id) const override
    {
        tx.query("SELECT 1 FROM service_search WHERE service_request_id = $1 FOR UPDATE", id).integer();
    }

    bool has_waiting(db::Connection&) const override { return false; }
    void move_waiting(db::Transaction& tx) const override
    {
        tx.query("SELECT gin_clean_pending_list('service_search_by_word')").integer();
    }
    void compact(db::Transaction& tx) const override { move_waiting(tx); }

    std::string stored_words(db::Connection& db, ServiceRequestId id) const override
    {
        return db
            .query("SELECT array_to_string(tsvector_to_array(words), ' ') FROM service_search"
                   " WHERE service_request_id = $1",
                id)
            .first([](const db::Row& row) { return row.string(0); })
            .value_or("");
    }
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
    /// How many ids are wanted, and at how many rows is looked for them.
    std::size_t length = 0;
    std::size_t looked_at = 0;
    /// Walked upwards, from the oldest on.
    bool is_upwards = false;
    /// Where it begins and ends.
    service_requests::IdBounds bounds;
    /// Filters that the words do not tell: each match's row is looked at.
    bool tests_rows = false;

    static Walk of(const Filter& filter, bool tells_type)
    {
        const bool tests_rows =
            (!filter.types.empty() && !tells_type) || filter.from || filter.until || filter.resolved_from;
        const std::size_t for_each = tests_rows || filter.status ? looked_at_for_each_filtered
                                     : !filter.types.empty()     ? looked_at_for_each_of_type
                                                                 : looked_at_for_each;
        return {.length = filter.page_size + 1,
            .looked_at = std::min((filter.page_size + 1) * for_each, most_looked_at),
            .is_upwards = filter.sort == Sort::Oldest,
            .bounds = match_bounds(filter),
            .tests_rows = tests_rows};
    }
};

PostgresSearch::PostgresSearch(const SearchTerms& terms, const Filter& filter)
{
    for (const Term& term : terms.terms) {
        const auto [any, tells_type] = match_of(term, filter.types);
        query_ += (query_.empty() ? "(" : " & (") + any + ")";
        tells_type_ = tells_type_ || tells_type;
    }
    if (filter.status) {
        query_ += " & " + in_quotes(status_word(*filter.status));
    }
}

void PostgresSearch::add_page(db::SqlBuilder& sql, const Filter& filter) const
{
    // What was resolved since then, what somebody has and what rings is few enough to be looked at one by one.
    if (!filter.only.empty() || filter.resolved_from || filter.user || filter.account ||
        filter.ringing != Ringing::Any) {
        add_joined(sql, filter);
        return;
    }
    sql.add(service_requests::row_columns)
        .add(" FROM service_servicerequest r")
        .add(service_requests::row_joins)
        .add(" WHERE r.id IN (");
    if (filter.sort == Sort::Updated) {
        add_ids_by_update(sql, filter);
    } else {
        add_ids(sql, filter, Walk::of(filter, tells_type_));
    }
    sql.add(")");
    add_match_position(sql, filter, "r.id");
}

void PostgresSearch::add_joined(db::SqlBuilder& sql, const Filter& filter) const
{
    sql.add(service_requests::row_columns)
        .add(" FROM service_search s JOIN service_servicerequest r ON r.id = s.service_request_id");
    sql.add(service_requests::row_joins).add(" WHERE s.words @@ CAST(").bind(query_).add(" AS tsquery)");
    add_row_filters(sql, filter, db::Engine::Postgres);
    add_match_position(sql, filter, "s.service_request_id");
}

void PostgresSearch::add_ids_by_update(db::SqlBuilder& sql, const Filter& filter) const
{
    const std::size_t length = filter.page_size + 1;
    const auto add_position = [&](db::Sql text) {
        if (filter.position) {
            sql.add(text).bind(filter.position->sort_value).add(", ").bind(filter.position->id.value).add(")");
        }
    };
    sql.add("WITH walked AS MATERIALIZED (SELECT r.id FROM (SELECT id, status, request_type_id, submitted_at, "
            "resolved_at, updated_at FROM service_servicerequest");
    add_position(" WHERE (updated_at, id) < (");
    sql.add(" ORDER BY updated_at DESC, id DESC LIMIT ").bind(std::min(length * looked_at_for_each, most_looked_at));
    // A scalar subquery, because the planner would read all matches for a join: it does not know how few rows are
    // walked.
    sql.add(") r WHERE (SELECT s.words FROM service_search s WHERE s.service_request_id = r.id) @@ CAST(").bind(query_);
    sql.add(" AS tsquery)");
    add_row_filters(sql, filter, db::Engine::Postgres);
    sql.add(" ORDER BY r.updated_at DESC, r.id DESC LIMIT ").bind(length).add(")");

    // The addition keeps the planner from walking the rows once more: the index by words is asked, if at all.
    sql.add(" SELECT id FROM walked UNION ALL (SELECT r.id FROM service_search s JOIN service_servicerequest r"
            " ON r.id = s.service_request_id WHERE s.words @@ CAST(");
    sql.bind(query_).add(" AS tsquery)");
    if (filter.bounds.after) {
        sql.add(" AND s.service_request_id > ").bind(filter.bounds.after.value);
    }
    if (filter.bounds.before) {
        sql.add(" AND s.service_request_id < ").bind(filter.bounds.before.value);
    }
    add_row_filters(sql, filter, db::Engine::Postgres);
    add_position(" AND (r.updated_at, r.id) < (");
    sql.add(" AND (SELECT COUNT(*) FROM walked) < ").bind(length);
    sql.add(" ORDER BY r.updated_at + 0 DESC, r.id DESC LIMIT ").bind(length).add(")");
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
    const db::Sql order = walk.is_upwards ? db::Sql(" LIMIT ") : db::Sql(" DESC LIMIT ");
    sql.add("WITH walked AS MATERIALIZED (SELECT s.id FROM (SELECT service_request_id AS id, words FROM service_search"
            " WHERE service_request_id > ");
    sql.bind(walk.bounds.after.value);
    add_end(sql, walk, " AND service_request_id < ");
    sql.add(" ORDER BY service_request_id").add(order).bind(walk.looked_at).add(") s");
    add_matches(sql, filter, walk);
    sql.add(" ORDER BY s.id").add(order).bind(walk.length).add(")");

    // The addition keeps the planner from walking the primary key once more: the index by words is asked, if at all.
    sql.add(" SELECT id FROM walked UNION ALL (SELECT s.id FROM (SELECT service_request_id + 0 AS id, words");
    sql.add(" FROM service_search) s");
    add_matches(sql, filter, walk);
    sql.add(" AND s.id > ").bind(walk.bounds.after.value);
    add_end(sql, walk, " AND s.id < ");
    sql.add(" AND (SELECT COUNT(*) FROM walked) < ").bind(walk.length);
    // Nor is it asked when the walk saw all there is between two dates.
    sql.add(" AND (SELECT COUNT(*) FROM (SELECT 1 FROM service_search WHERE service_request_id > ");
    sql.bind(walk.bounds.after.value);
    add_end(sql, walk, " AND service_request_id < ");
    sql.add(" ORDER BY service_request_id LIMIT ").bind(walk.looked_at).add(") seen) = ").bind(walk.looked_at);
    sql.add(" ORDER BY s.id").add(order).bind(walk.length).add(")");
}

void PostgresSearch::add_end(db::SqlBuilder& sql, const Walk& walk, db::Sql less)
{
    if (walk.bounds.before) {
        sql.add(less).bind(walk.bounds.before.value);
    }
}

} // namespace search
