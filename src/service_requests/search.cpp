#include "service_requests/search.hpp"

#include "base/text.hpp"
#include "service_requests/row.hpp"

#include <set>
#include <unordered_set>

namespace service_requests {

namespace {

constexpr std::size_t most_indexed_words = 1000;
constexpr std::size_t most_sought_words = 12;
constexpr std::size_t longest_word = 64;
/// Beginnings shorter than this have an index of their own (prefix = '2 3 4').
constexpr std::size_t shortest_spelled_out = 5;
constexpr std::size_t most_spelled_out = 32;
/// Fewer are left waiting: FTS5 writes a segment for each move, and few waiting ones cost a search nothing.
constexpr std::int64_t least_moved = 64;
/// What one transaction moves at most, so that other writers do not wait long.
constexpr std::int64_t most_moved = 256;

std::vector<std::string> folded_words(std::string_view text, std::size_t limit)
{
    std::vector<std::string> words = base::words(text, limit);
    for (std::string& word : words) {
        word = std::string(base::first_code_points(word, longest_word));
    }
    return words;
}

/// " meter reading kitchen ": each word once, between blanks, so that instr() finds whole words in what is waiting.
std::string indexed_words(const SearchText& searched)
{
    std::unordered_set<std::string> seen;
    std::string joined = " ";
    joined += status_word(searched.status);
    joined += " ";
    for (std::string& word : folded_words(searched.text, most_indexed_words)) {
        const auto [position, is_new] = seen.insert(std::move(word));
        if (is_new) {
            joined += *position + " ";
        }
    }
    return joined;
}

std::string quoted(std::string_view word)
{
    return '"' + std::string(word) + '"';
}

/// "meters" for itself, "customer*" for "customer0042", nothing for what begins with fewer than five letters.
std::string_view letters_of(std::string_view word)
{
    const std::string_view letters = word.substr(0, word.find_first_of("0123456789"));
    return base::count_code_points(letters) >= shortest_spelled_out ? letters : std::string_view{};
}

void add_spellings(std::set<std::string>& spellings, std::string_view joined)
{
    for (std::size_t begin = 1; begin < joined.size();) {
        const std::size_t end = joined.find(' ', begin);
        const std::string_view word = joined.substr(begin, end - begin);
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
        tx.execute("INSERT INTO service_search_word (word) VALUES ($1) ON CONFLICT DO NOTHING", word);
    }
}

/// The words that begin so, one by one: FTS5 walks those newest first, where it would sort all matches of a beginning.
/// A single letter stands for itself only, since half of all rows hold a word that begins with it.
std::string any_that_begins(db::Connection& db, const std::string& beginning)
{
    if (beginning.size() == 1) {
        return quoted(beginning);
    }
    const std::string as_typed = quoted(beginning) + " *";
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
        match += goes_on ? quoted(spelling.substr(0, spelling.size() - 1)) + " *" : quoted(spelling);
    }
    return match + ")";
}

} // namespace

Search::Search(db::Connection& db, std::string_view text) : reference_(parse_reference(text))
{
    const std::vector<std::string> words = folded_words(text, most_sought_words);
    if (words.empty()) {
        return;
    }
    for (auto word = words.begin(); word != words.end() - 1; ++word) {
        match_ += quoted(*word) + " AND ";
        needles_.push_back(" " + *word + " ");
    }
    match_ += any_that_begins(db, words.back());
    needles_.push_back(words.back().size() == 1 ? " " + words.back() + " " : " " + words.back());
}

std::string_view status_word(Status status)
{
    return status == Status::Pending ? "\uE000pending" : "\uE000resolved";
}

void Search::only(Status status)
{
    if (!match_.empty()) {
        match_ += " AND " + quoted(status_word(status));
    }
}

bool Search::reaches(SearchPlace place) const
{
    return place == SearchPlace::Reference ? reference_.has_value() : !match_.empty();
}

db::Sql Search::id_of(SearchPlace place)
{
    switch (place) {
    case SearchPlace::Index:
        return "service_search.rowid";
    case SearchPlace::Waiting:
        return "w.service_request_id";
    case SearchPlace::Reference:
        break;
    }
    return "r.id";
}

void Search::add_condition(db::SqlBuilder& sql, SearchPlace place) const
{
    switch (place) {
    case SearchPlace::Index:
        sql.add("service_search MATCH ").bind(match_);
        return;
    case SearchPlace::Waiting:
        sql.add("instr(w.words, ").bind(needles_.front()).add(") > 0");
        for (auto needle = needles_.begin() + 1; needle != needles_.end(); ++needle) {
            sql.add(" AND instr(w.words, ").bind(*needle).add(") > 0");
        }
        return;
    case SearchPlace::Reference:
        sql.add("r.id = ").bind(reference_->value);
        return;
    }
}

void Search::add_rows(db::SqlBuilder& sql, SearchPlace place) const
{
    // CROSS JOIN is SQLite's way to say which table leads: the matches, newest first.
    switch (place) {
    case SearchPlace::Index:
        sql.add(" FROM service_search CROSS JOIN service_servicerequest r ON r.id = service_search.rowid");
        break;
    case SearchPlace::Waiting:
        sql.add(" FROM service_search_waiting w CROSS JOIN service_servicerequest r ON r.id = w.service_request_id");
        break;
    case SearchPlace::Reference:
        sql.add(" FROM service_servicerequest r");
        break;
    }
    sql.add(row_joins).add(" WHERE ");
    add_condition(sql, place);
}

void Search::add_newest_ids(db::SqlBuilder& sql, SearchPlace place, std::size_t limit) const
{
    sql.add("SELECT ").add(id_of(place));
    switch (place) {
    case SearchPlace::Index:
        sql.add(" FROM service_search WHERE ");
        break;
    case SearchPlace::Waiting:
        sql.add(" FROM service_search_waiting w WHERE ");
        break;
    case SearchPlace::Reference:
        sql.add(" FROM service_servicerequest r WHERE ");
        break;
    }
    add_condition(sql, place);
    sql.add(" ORDER BY ").add(id_of(place)).add(" DESC LIMIT ").bind(limit);
}

void add_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text)
{
    tx.execute(R"(
        INSERT INTO service_search_waiting (service_request_id, words) VALUES ($1, $2)
        ON CONFLICT (service_request_id) DO UPDATE SET words = excluded.words)",
        id, indexed_words(text));
}

void replace_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text)
{
    tx.execute("DELETE FROM service_search WHERE rowid = $1", id);
    add_words(tx, id, text);
}

bool has_words_to_index(db::Connection& db)
{
    return db.query("SELECT COUNT(*) FROM service_search_waiting").integer() >= least_moved;
}

void index_words(db::Transaction& tx)
{
    std::set<std::string> spellings;
    std::int64_t last = 0;
    for (const db::Row row :
        tx.query("SELECT service_request_id, words FROM service_search_waiting ORDER BY service_request_id LIMIT $1",
            most_moved)) {
        last = row.integer(0);
        add_spellings(spellings, row.text(1));
    }
    tx.execute(R"(
        INSERT INTO service_search (rowid, words)
        SELECT service_request_id, words FROM service_search_waiting
         WHERE service_request_id <= $1 ORDER BY service_request_id)",
        last);
    store_spellings(tx, spellings);
    tx.execute("DELETE FROM service_search_waiting WHERE service_request_id <= $1", last);
}

} // namespace service_requests
