#pragma once

#include "db/sql.hpp"

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace db {

/// Make a LIKE pattern that finds the text anywhere; the statement needs ESCAPE '!'.
std::string like_anywhere(std::string_view text);
/// A word that is sought, as like_anywhere() patterns.
struct LikeWord
{
    std::string as_typed;
    /// Its digits in one piece, as search_text columns hold phone and account numbers; empty for most words.
    std::string digits;
    /// "mueller" where "Müller" is typed; empty for most words.
    std::string spelled_out = {};
    /// "road" where "Rd" is typed, as a word of its own with any sign behind it; empty for most words.
    std::vector<std::string> street = {};
    /// "12" where "12" or "#12," is typed: as many digits as a house number has, four at most. Empty for other words
    /// and for the groups of a longer number, as in "555 0188".
    std::string house_number = {};
};
inline constexpr std::size_t longest_house_number = 4;
/// Take the blank-separated words of the text, folded as search_text columns are; at most `limit`. Of a phone
/// number with its country or an extension: base::sought_phone().
std::vector<LikeWord> like_words(std::string_view text, std::size_t limit = 8);
/// Add " AND (…)": the word occurs in one of the columns.
void add_like_word(SqlBuilder& sql, const LikeWord& word, std::initializer_list<Sql> columns);
/// The same for each word of the text.
void add_like_words(SqlBuilder& sql, std::string_view text, std::initializer_list<Sql> columns);

} // namespace db
