#include "search/sqlite.hpp"

#include "base/text.hpp"
#include "search/filter.hpp"
#include "service_requests/row.hpp"

#include <iterator>
#include <set>
#include <utility>

namespace search {

namespace {

/// Beginnings shorter than this have an index of their own (prefix = '2 3 4').
constexpr std::size_t shortest_spelled_out = 5;
constexpr std::size_t most_spelled_out = 32;
/// Fewer are left waiting: FTS5 writes a segment for each move, and few waiting ones cost a search nothing.
constexpr std::int64_t least_moved = 64;
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

/// "meters" for itself, "customer*" for "customer0042", nothing for what begins with fewer than five letters.
std::string_view letters_of(std::string_view word)
{
    const std::string_view letters = word.substr(0, word.find_first_of("0123456789"));
    return base::count_code_points(letters) >= shortest_spelled_out ? letters : std::string_view{};
}

void add_spellings(std::set<std::string>& spellings, std::string_view waiting)
{
    for (std::size_t begin = 1; begin < waiting.size();) {
        const std::size_t end = waiting.find(' ', begin);
        const std::string_view word = waiting.substr(begin, end - begin);
        const bool is_typed = !word.starts_with("\uE000");
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
std::string any_that_begins(db::Connection& db, const std::string& beginning)
{
    const std::string as_typed = in_quotes(beginning) + " *";
    if (base::count_code_points(beginning) < shortest_spelled_out) {
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
        match += goes_on ? in_quotes(spelling.substr(0, spelling.size() - 1)) + " *" : in_quotes(spelling);
    }
    return match + ")";
}

db::Sql id_of(SearchPlace place)
{
    return place == SearchPlace::Index ? db::Sql("service_search.rowid") : db::Sql("w.service_request_id");
}

class SqliteSearchIndex final : public SearchIndex
{
  public:
    std::vector<service_requests::ServiceRequest> list(
        db::Connection& db, const Filter& filter, const SearchTerms& terms) const override
    {
        const SqliteSearch search(db, terms, filter.status);
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
};

} // namespace

const SearchIndex& sqlite_search_index()
{
    static const SqliteSearchIndex index;
    return index;
}

SqliteSearch::SqliteSearch(db::Connection& db, const SearchTerms& terms, std::optional<service_requests::Status> status)
{
    for (auto word = terms.words.begin(); word != terms.words.end() - 1; ++word) {
        match_ += in_quotes(*word) + " AND ";
        needles_.push_back(" " + *word + " ");
    }
    const std::string& last = terms.words.back();
    match_ += terms.goes_on() ? any_that_begins(db, last) : in_quotes(last);
    needles_.push_back(terms.goes_on() ? " " + last : " " + last + " ");
    if (status) {
        match_ += " AND " + in_quotes(status_word(*status));
    }
}

void SqliteSearch::add_condition(db::SqlBuilder& sql, SearchPlace place) const
{
    if (place == SearchPlace::Index) {
        sql.add("service_search MATCH ").bind(match_);
        return;
    }
    sql.add("instr(w.words, ").bind(needles_.front()).add(") > 0");
    for (auto needle = needles_.begin() + 1; needle != needles_.end(); ++needle) {
        sql.add(" AND instr(w.words, ").bind(*needle).add(") > 0");
    }
}

void SqliteSearch::add_sorted_by_update(db::SqlBuilder& sql, const Filter& filter, SearchPlace place) const
{
    const bool is_index = place == SearchPlace::Index;
    sql.add(service_requests::row_columns)
        .add(" FROM service_servicerequest r")
        .add(service_requests::row_joins)
        .add(" WHERE r.id IN (SELECT ");
    sql.add(id_of(place));
    sql.add(is_index ? db::Sql(" FROM service_search WHERE ") : db::Sql(" FROM service_search_waiting w WHERE "));
    add_condition(sql, place);
    sql.add(" ORDER BY ").add(id_of(place)).add(" DESC LIMIT ").bind(most_sorted_matches).add(")");
    add_row_filters(sql, filter, db::Engine::Sqlite);
    add_match_position(sql, filter, "r.id");
}

void SqliteSearch::add_page(db::SqlBuilder& sql, const Filter& filter, SearchPlace place) const
{
    if (filter.sort == Sort::Updated) {
        add_sorted_by_update(sql, filter, place);
        return;
    }
    // CROSS JOIN is SQLite's way to say which table leads: the matches, in order of id.
    sql.add(service_requests::row_columns);
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
