#include "search/sqlite.hpp"

#include "base/text.hpp"
#include "search/filter.hpp"
#include "service_requests/row.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace search {

namespace {

/// Shorter beginnings have an index of their own (prefix = '2 3 4'), in which a mark in front is a letter, too.
constexpr std::size_t longest_indexed_beginning = 4;
constexpr std::size_t shortest_spelled_out = 4;
constexpr std::size_t most_spelled_out = 32;
/// Fewer are left waiting: FTS5 writes a segment for each move, and few waiting ones cost a search nothing.
constexpr std::int64_t least_moved = 64;
/// How many of the last updated rows are looked at for each one wanted before the index is asked, which gives all
/// matches: a common word is soon found, a rare one has few matches to sort.
constexpr std::size_t looked_at_for_each = 20;
/// What one transaction moves at most, so that other writers do not wait long.
constexpr std::int64_t most_moved = 256;

/// " meter reading kitchen ": between blanks, so that instr() finds whole words in what is waiting.
std::string joined(const std::vector<std::string>& words)
{
    std::string all = " ";
    for (const std::string& word : words) {
        all += word + " ";
    }
    return all;
}

std::string in_quotes(std::string_view word)
{
    return '"' + std::string(word) + '"';
}

/// "meters" for itself, "customer*" for "customer0042", nothing for what begins with fewer than four letters.
std::string_view letters_of(std::string_view word)
{
    const std::string_view letters = word.substr(0, word.find_first_of("0123456789"));
    return base::count_code_points(letters) >= shortest_spelled_out ? letters : std::string_view{};
}

/// True for words that stand for a status or are of one type.
bool is_marked(std::string_view word)
{
    return word.starts_with("\uE000") || (word >= "\uE100" && word < "\uF900");
}

void add_spellings(std::set<std::string>& spellings, std::string_view waiting)
{
    for (std::size_t begin = 1; begin < waiting.size();) {
        const std::size_t end = waiting.find(' ', begin);
        const std::string_view word = waiting.substr(begin, end - begin);
        const bool is_typed = !is_marked(word);
        if (const std::string_view letters = letters_of(word); is_typed && !letters.empty()) {
            spellings.insert(letters == word ? std::string(word) : std::string(letters) + "*");
        }
        begin = end + 1;
    }
}

void store_spellings(db::Transaction& tx, const std::set<std::string>& spellings)
{
    for (const std::string& word : spellings) {
        tx.apply("INSERT INTO service_search_word (word) VALUES ($1) ON CONFLICT DO NOTHING", word);
    }
}

/// The words that begin so, one by one: FTS5 walks those newest first, where it would sort all matches of a beginning.
/// Each with the mark in front.
std::string any_that_begins(db::Connection& db, const std::string& beginning, const std::string& mark)
{
    const std::string as_typed = in_quotes(mark + beginning) + " *";
    if (base::count_code_points(mark + beginning) <= longest_indexed_beginning) {
        return as_typed;
    }
    const auto spellings =
        db::map_rows(db.query("SELECT word FROM service_search_word WHERE word >= $1 AND word < $2 LIMIT $3", beginning,
                         beginning + "\U0010FFFF", most_spelled_out + 1),
            [](const db::Row& row) { return row.string(0); });
    if (spellings.empty() || spellings.size() > most_spelled_out) {
        return as_typed;
    }
    std::string match;
    for (const std::string& spelling : spellings) {
        const bool goes_on = spelling.ends_with('*');
        match += match.empty() ? "(" : " OR ";
        match +=
            goes_on ? in_quotes(mark + spelling.substr(0, spelling.size() - 1)) + " *" : in_quotes(mark + spelling);
    }
    return match + ")";
}

std::string match_of(db::Connection& db, const Term& term, const std::string& mark)
{
    std::string match;
    for (const auto& [word, goes_on] : term.spellings()) {
        match += match.empty() ? "" : " OR ";
        match += goes_on ? any_that_begins(db, word, mark) : in_quotes(mark + word);
    }
    return term.other.empty() ? match : "(" + match + ")";
}

/// The word in service requests of these types, or in all of them.
std::string match_of(db::Connection& db, const Term& term, const std::vector<RequestTypeId>& types)
{
    std::string match;
    for (const RequestTypeId type : types) {
        const auto marked = word_of_type(type, term.word);
        if (!marked) {
            return match_of(db, term, std::string());
        }
        match += match.empty() ? "(" : " OR ";
        match += match_of(db, term, marked->substr(0, marked->size() - term.word.size()));
    }
    return match.empty() ? match_of(db, term, std::string()) : match + ")";
}

db::Sql id_of(SearchPlace place)
{
    return place == SearchPlace::Index ? db::Sql("service_search.rowid") : db::Sql("w.service_request_id");
}

std::vector<service_requests::ServiceRequest> walk(
    db::Connection& db, const SqliteSearch& search, const Filter& filter, std::size_t looked_at)
{
    db::SqlBuilder sql;
    search.add_walk(sql, filter, looked_at);
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

class SqliteSearchIndex final : public SearchIndex
{
  public:
    std::vector<service_requests::ServiceRequest> list(
        db::Connection& db, const Filter& filter, const SearchTerms& terms) const override
    {
        const SqliteSearch search(db, terms, filter);
        // FTS5 would look for the words anew for each of the ids.
        if (filter.resolved_from || !filter.only.empty()) {
            return walk(db, search, filter, 0);
        }
        if (filter.sort == Sort::Updated) {
            auto rows = walk(db, search, filter, (filter.page_size + 1) * looked_at_for_each);
            if (rows.size() > filter.page_size) {
                return rows;
            }
        }
        std::vector<service_requests::ServiceRequest> rows;
        for (const SearchPlace place : search_places) {
            db::SqlBuilder sql;
            search.add_page(sql, filter, place);
            auto found = db::map_rows(db.query(sql), service_requests::service_request_from_row);
            std::move(found.begin(), found.end(), std::back_inserter(rows));
        }
        return rows;
    }

    void add(db::Transaction& tx, ServiceRequestId id, const std::vector<std::string>& words) const override
    {
        tx.apply(R"(
            INSERT INTO service_search_waiting (service_request_id, words) VALUES ($1, $2)
            ON CONFLICT (service_request_id) DO UPDATE SET words = excluded.words)",
            id, joined(words));
    }

    void replace(db::Transaction& tx, ServiceRequestId id, const std::vector<std::string>& words) const override
    {
        tx.apply("DELETE FROM service_search WHERE rowid = $1", id);
        add(tx, id, words);
    }

    // Only one transaction writes at a time.
    void hold(db::Transaction& /*tx*/, ServiceRequestId /*id*/) const override {}

    bool has_waiting(db::Connection& db) const override
    {
        return db.query("SELECT COUNT(*) FROM service_search_waiting").integer() >= least_moved;
    }

    void move_waiting(db::Transaction& tx) const override
    {
        std::set<std::string> spellings;
        std::int64_t last = 0;
        for (const db::Row row : tx.query(
                 "SELECT service_request_id, words FROM service_search_waiting ORDER BY service_request_id LIMIT $1",
                 most_moved)) {
            last = row.integer(0);
            add_spellings(spellings, row.text(1));
        }
        tx.apply(R"(
            INSERT INTO service_search (rowid, words)
            SELECT service_request_id, words FROM service_search_waiting
             WHERE service_request_id <= $1 ORDER BY service_request_id)",
            last);
        store_spellings(tx, spellings);
        tx.apply("DELETE FROM service_search_waiting WHERE service_request_id <= $1", last);
    }

    void compact(db::Transaction& tx) const override
    {
        tx.apply("INSERT INTO service_search (service_search) VALUES ('optimize')");
    }

    std::string stored_words(db::Connection& db, ServiceRequestId id) const override
    {
        return db
            .query("SELECT words FROM service_search_waiting WHERE service_request_id = $1 UNION ALL"
                   " SELECT words FROM service_search WHERE rowid = $1",
                id)
            .first([](const db::Row& row) { return row.string(0); })
            .value_or("");
    }
};

} // namespace

const SearchIndex& sqlite_search_index()
{
    static const SqliteSearchIndex index;
    return index;
}

SqliteSearch::SqliteSearch(db::Connection& db, const SearchTerms& terms, const Filter& filter)
{
    for (const Term& term : terms.terms) {
        match_ += match_.empty() ? "" : " AND ";
        match_ += match_of(db, term, filter.types);
        std::vector<std::string>& spellings = needles_.emplace_back();
        for (const auto& [word, goes_on] : term.spellings()) {
            spellings.push_back(" " + word + (goes_on ? "" : " "));
        }
    }
    if (filter.status) {
        match_ += " AND " + in_quotes(status_word(*filter.status));
    }
}

void SqliteSearch::add_needles(db::SqlBuilder& sql, db::Sql words) const
{
    db::Sql before("(");
    for (const std::vector<std::string>& spellings : needles_) {
        for (const std::string& needle : spellings) {
            sql.add(before).add("instr(").add(words).add(", ").bind(needle).add(") > 0");
            before = db::Sql(" OR ");
        }
        before = db::Sql(") AND (");
    }
    sql.add(")");
}

void SqliteSearch::add_condition(db::SqlBuilder& sql, SearchPlace place) const
{
    if (place == SearchPlace::Index) {
        sql.add("service_search MATCH ").bind(match_);
    } else {
        add_needles(sql, "w.words");
    }
}

void SqliteSearch::add_walk(db::SqlBuilder& sql, const Filter& filter, std::size_t looked_at) const
{
    // CROSS JOIN is SQLite's way to say which table leads.
    sql.add(service_requests::row_columns);
    if (!filter.only.empty()) {
        sql.add(" FROM service_servicerequest r");
    } else if (filter.resolved_from) {
        sql.add(" FROM service_servicerequest r INDEXED BY servicerequest_resolved");
    } else {
        sql.add(" FROM (SELECT id FROM service_servicerequest");
        if (filter.position) {
            sql.add(" WHERE (updated_at, id) < (").bind(filter.position->sort_value).add(", ");
            sql.bind(filter.position->id.value).add(")");
        }
        sql.add(" ORDER BY updated_at DESC, id DESC LIMIT ").bind(looked_at);
        sql.add(") walked CROSS JOIN service_servicerequest r ON r.id = walked.id");
    }
    sql.add(" LEFT JOIN service_search_waiting w ON w.service_request_id = r.id"
            " LEFT JOIN service_search s ON s.rowid = r.id");
    sql.add(service_requests::row_joins).add(" WHERE ");
    add_needles(sql, "COALESCE(w.words, s.words)");
    add_row_filters(sql, filter, db::Engine::Sqlite);
    add_match_position(sql, filter, "r.id");
}

void SqliteSearch::add_page(db::SqlBuilder& sql, const Filter& filter, SearchPlace place) const
{
    sql.add(service_requests::row_columns);
    // The matches lead, in order of id, or sorted when the order is another one.
    if (place == SearchPlace::Index) {
        sql.add(" FROM service_search CROSS JOIN service_servicerequest r ON r.id = service_search.rowid");
    } else {
        sql.add(" FROM service_search_waiting w CROSS JOIN service_servicerequest r ON r.id = w.service_request_id");
    }
    sql.add(service_requests::row_joins).add(" WHERE ");
    add_condition(sql, place);
    add_row_filters(sql, filter, db::Engine::Sqlite);
    add_match_position(sql, filter, id_of(place));
}

} // namespace search
