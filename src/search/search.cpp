#include "search/search.hpp"

#include "base/text.hpp"
#include "search/filter.hpp"
#include "search/index.hpp"
#include "service_requests/row.hpp"

#include <algorithm>
#include <iterator>
#include <set>
#include <sstream>
#include <utility>

namespace search {

namespace {

const SearchIndex& index_of(db::Engine engine)
{
    return engine == db::Engine::Sqlite ? sqlite_search_index() : postgres_search_index();
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
    db::Connection& db, const Filter& filter, const std::vector<ServiceRequestId>& references)
{
    db::SqlBuilder sql(service_requests::row_columns);
    sql.add(" FROM service_servicerequest r").add(service_requests::row_joins).add(" WHERE r.id IN (0");
    for (const ServiceRequestId reference : references) {
        sql.add(", ").bind(reference.value);
    }
    sql.add(")");
    add_row_filters(sql, filter, db.engine());
    add_match_position(sql, filter, "r.id");
    return db::map_rows(db.query(sql), service_requests::service_request_from_row);
}

} // namespace

bool is_searching(const Filter& filter)
{
    return !base::trim(filter.search).empty();
}

std::vector<service_requests::ServiceRequest> list_matches(db::Connection& db, const Filter& any)
{
    const SearchTerms terms = parse_terms(any.search);
    Filter filter = any;
    filter.bounds = service_requests::find_id_bounds(db, filter.from, filter.until);
    std::vector<service_requests::ServiceRequest> page;
    if (!terms.terms.empty()) {
        page = index_of(db.engine()).list(db, filter, terms);
    }
    if (!terms.references.empty()) {
        auto referred = list_referred(db, filter, terms.references);
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

void hold_words(db::Transaction& tx, ServiceRequestId id)
{
    index_of(tx.engine()).hold(tx, id);
}

bool has_words_to_index(db::Connection& db)
{
    return index_of(db.engine()).has_waiting(db);
}

void index_words(db::Transaction& tx)
{
    index_of(tx.engine()).move_waiting(tx);
}

bool has_words(db::Connection& db, ServiceRequestId id, const SearchText& text)
{
    std::set<std::string> stored;
    std::istringstream words(index_of(db.engine()).stored_words(db, id));
    for (std::string word; std::getline(words, word, ' ');) {
        if (!word.empty()) {
            stored.insert(word);
        }
    }
    const auto wanted = indexed_words(text);
    return stored == std::set<std::string>(wanted.begin(), wanted.end());
}

void compact_index(db::Transaction& tx)
{
    index_of(tx.engine()).compact(tx);
}

} // namespace search
