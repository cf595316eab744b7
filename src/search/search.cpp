#include "search/search.hpp"

#include "base/phone/phone.hpp"
#include "base/reference.hpp"
#include "base/text.hpp"
#include "search/filter.hpp"
#include "search/index.hpp"
#include "service_requests/row.hpp"

#include <algorithm>
#include <iterator>
#include <unordered_set>
#include <utility>

namespace search {

namespace {

constexpr std::size_t most_indexed_words = 1000;
constexpr std::size_t most_sought_words = 12;
constexpr std::size_t longest_word = 64;

const SearchIndex& index_of(db::Engine engine)
{
    return engine == db::Engine::Sqlite ? sqlite_search_index() : postgres_search_index();
}

std::vector<std::string> folded_words(std::string_view text, std::size_t limit)
{
    std::vector<std::string> words = base::words(text, limit);
    for (std::string& word : words) {
        word = std::string(base::first_code_points(word, longest_word));
    }
    return words;
}

bool comes_before(const service_requests::ServiceRequest& a, const service_requests::ServiceRequest& b, Sort sort)
{
    switch (sort) {
    case Sort::Newest:
        return a.id > b.id;
    case Sort::Oldest:
        return a.id < b.id;
    case Sort::Updated:
        break;
    }
    return std::pair(a.updated_at, a.id) > std::pair(b.updated_at, b.id);
}

std::vector<service_requests::ServiceRequest> list_referred(
    db::Connection& db, const Filter& filter, ServiceRequestId reference)
{
    db::SqlBuilder sql(service_requests::row_columns);
    sql.add(" FROM service_servicerequest r")
        .add(service_requests::row_joins)
        .add(" WHERE r.id = ")
        .bind(reference.value);
    add_row_filters(sql, filter, db.engine());
    add_match_position(sql, filter, "r.id");
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

} // namespace

SearchTerms parse_terms(std::string_view text)
{
    std::vector<std::string> words = base::sought_phone(text);
    if (words.empty()) {
        words = folded_words(text, most_sought_words);
    }
    return {.words = std::move(words), .reference = base::parse_reference(text)};
}

std::string_view status_word(service_requests::Status status)
{
    return status == service_requests::Status::Pending ? "\uE000pending" : "\uE000resolved";
}

std::vector<std::string> indexed_words(const SearchText& text)
{
    std::vector<std::string> words{std::string(status_word(text.status))};
    std::unordered_set<std::string> seen;
    for (std::string& word : folded_words(text.text, most_indexed_words)) {
        if (seen.insert(word).second) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::vector<service_requests::ServiceRequest> list_matches(db::Connection& db, const Filter& filter)
{
    const SearchTerms terms = parse_terms(filter.search);
    std::vector<service_requests::ServiceRequest> page;
    if (!terms.words.empty()) {
        page = index_of(db.engine()).list(db, filter, terms);
    }
    if (terms.reference) {
        auto referred = list_referred(db, filter, *terms.reference);
        std::move(referred.begin(), referred.end(), std::back_inserter(page));
    }
    std::sort(page.begin(), page.end(), [&](const auto& a, const auto& b) { return comes_before(a, b, filter.sort); });
    // "SR-00042" is found as a reference and by its words.
    const auto same = [](const auto& a, const auto& b) { return a.id == b.id; };
    page.erase(std::unique(page.begin(), page.end(), same), page.end());
    if (page.size() > filter.page_size + 1) {
        page.resize(filter.page_size + 1);
    }
    return page;
}

void add_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text)
{
    index_of(tx.engine()).add(tx, id, indexed_words(text));
}

void replace_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text)
{
    index_of(tx.engine()).replace(tx, id, indexed_words(text));
}

bool has_words_to_index(db::Connection& db)
{
    return index_of(db.engine()).has_waiting(db);
}

void index_words(db::Transaction& tx)
{
    index_of(tx.engine()).move_waiting(tx);
}

void compact_index(db::Transaction& tx)
{
    index_of(tx.engine()).compact(tx);
}

} // namespace search
