#pragma once
// What the two engines' search indexes share, seen only by the files of the search.

#include "search/search.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace search {

/// What somebody typed, made ready to be looked for: its first twelve words, each of which must occur.
struct SearchTerms
{
    std::vector<std::string> words;
    /// "SR-00042", "#42" and "42" find that service request besides.
    std::optional<ServiceRequestId> reference;

    /// The last word may be the beginning of one, unless it is a single letter: half of all rows hold such a word.
    bool goes_on() const { return words.back().size() > 1; }
};
SearchTerms parse_terms(std::string_view text);

/// A word that no visitor can type: it stands for the status in the index, so that a search for what few open ones hold
/// does not walk through all resolved ones. Its letter is of Unicode's private use area.
std::string_view status_word(service_requests::Status status);
/// The words to store, each once, the status word first.
std::vector<std::string> indexed_words(const SearchText& text);

/// With Updated as the order, only so many of the newest matches are sorted.
inline constexpr std::size_t most_sorted_matches = 1000;

/// One engine's index. Stateless; everything is in the database.
class SearchIndex
{
  public:
    virtual ~SearchIndex() = default;

    /// What holds all words (there is at least one) and fits the filter: at least the rows of the page, in any order.
    virtual std::vector<service_requests::ServiceRequest> list(
        db::Connection& db, const Filter& filter, const SearchTerms& terms) const = 0;
    virtual void add(db::Transaction& tx, ServiceRequestId id, const std::vector<std::string>& words) const = 0;
    virtual void replace(db::Transaction& tx, ServiceRequestId id, const std::vector<std::string>& words) const = 0;
    virtual bool has_waiting(db::Connection& db) const = 0;
    virtual void move_waiting(db::Transaction& tx) const = 0;
    virtual void compact(db::Transaction& tx) const = 0;
};

const SearchIndex& sqlite_search_index();
const SearchIndex& postgres_search_index();

} // namespace search
