#pragma once
// The full-text index of service requests. Whatever differs between the engines is behind these few functions; this is
// SQLite's FTS5, whose queries are rebuilt from folded words, so that nothing a visitor types is read as its syntax.

#include "db/connection.hpp"
#include "service_requests/service_request.hpp"

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace service_requests {

/// Where matches are found. Each is asked on its own and gives rows in order of id.
enum class SearchPlace : std::uint8_t
{
    Index,
    Waiting,
    Reference
};
inline constexpr std::array search_places{SearchPlace::Index, SearchPlace::Waiting, SearchPlace::Reference};

/// What somebody typed, made ready to be looked for. Only the first twelve words count.
class Search
{
  public:
    /// Looks up how the last word may go on.
    Search(db::Connection& db, std::string_view text);

    /// Only service requests of this status: the index knows it, so that a search for what few open ones hold does not
    /// walk through all resolved ones.
    void only(Status status);

    /// False when this place cannot hold a match.
    bool reaches(SearchPlace place) const;
    /// Appends " FROM … WHERE …" with the rows that match, as `r`, to a select list with row_columns.
    void add_rows(db::SqlBuilder& sql, SearchPlace place) const;
    /// Appends "SELECT …" of the ids of the newest matches, at most `limit`.
    void add_newest_ids(db::SqlBuilder& sql, SearchPlace place, std::size_t limit) const;
    /// The id to sort and cut by: the one that the place walks in order.
    static db::Sql id_of(SearchPlace place);

  private:
    void add_condition(db::SqlBuilder& sql, SearchPlace place) const;

    std::string match_;
    std::vector<std::string> needles_;
    std::optional<ServiceRequestId> reference_;
};

/// What of a service request is searched.
struct SearchText
{
    std::string text;
    Status status = Status::Pending;
};

/// A word that no visitor can type: it stands for the status in the index. The letter is of Unicode's private use area.
std::string_view status_word(Status status);

/// Adds the words of a new service request; they are found at once, and index_words() moves them into the index.
void add_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text);
/// Replaces the words of a service request.
void replace_words(db::Transaction& tx, ServiceRequestId id, const SearchText& text);

/// True when enough words wait for index_words(). Housekeeping asks every second: nobody's request pays for the index.
bool has_words_to_index(db::Connection& db);
/// Moves the words of up to 256 service requests into the index.
void index_words(db::Transaction& tx);

} // namespace service_requests
