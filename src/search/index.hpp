#pragma once
// What the two engines' search indexes share, seen only by the files of the search.

#include "search/search.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace search {

/// A word, or the beginning of one.
struct Spelling
{
    std::string word;
    bool goes_on = false;
};
/// A word that must occur, or the beginning of one.
struct Term
{
    std::string word;
    bool goes_on = false;
    /// Instead of the word: "mueller" for "muller" when "Müller" was typed, "road" for "rd"; empty for most words.
    std::string other = {};
    /// "st" for "street" is no beginning: many words begin so.
    bool is_other_whole = false;

    std::vector<Spelling> spellings() const
    {
        std::vector<Spelling> all{{word, goes_on}};
        if (!other.empty())
            all.push_back({other, goes_on && !is_other_whole});
        return all;
    }
};

/// What somebody typed, made ready to be looked for: its first twelve words, each of which must occur.
struct SearchTerms
{
    /// The last one may be the beginning of a word, unless it is a single letter: half of all rows hold such a word.
    std::vector<Term> terms;
    /// "SR-00042", "sr42", "#42" and "42" find that service request besides.
    std::vector<ServiceRequestId> references;
};
SearchTerms parse_terms(std::string_view text);

/// A word that no visitor can type: it stands for the status in the index, so that a search for what few open ones hold
/// does not walk through all resolved ones. Its letter is of Unicode's private use area.
std::string_view status_word(service_requests::Status status);
/// The words to store, each once, the status word first. "Müller" is stored as "muller" and "mueller". Scripts that are
/// written without blanks are stored as pairs of letters, so that a word is found inside a sentence.
std::vector<std::string> indexed_words(const SearchText& text);
/// The same word of service requests of this type only. Stored beside the word, so that a search with a type reads its
/// own matches instead of everybody's. Words that begin with a digit are rare enough without: nothing for those.
std::optional<std::string> word_of_type(RequestTypeId type, std::string_view word);

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
    /// Lock the stored words of a service request until the end of the transaction, before what they are made from is
    /// read: a change of status under way is then waited for, and a later one waits.
    virtual void hold(db::Transaction& tx, ServiceRequestId id) const = 0;
    virtual bool has_waiting(db::Connection& db) const = 0;
    virtual void move_waiting(db::Transaction& tx) const = 0;
    virtual void compact(db::Transaction& tx) const = 0;
    /// The stored words of one service request, each followed by a blank, in any order; empty when there are none.
    virtual std::string stored_words(db::Connection& db, ServiceRequestId id) const = 0;
};

const SearchIndex& sqlite_search_index();
const SearchIndex& postgres_search_index();

} // namespace search
