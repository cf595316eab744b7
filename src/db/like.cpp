#include "db/like.hpp"

#include "base/address/street.hpp"
#include "base/phone/phone.hpp"
#include "base/text.hpp"

#include <utility>

namespace db {

namespace {

std::vector<std::string> split(const std::string& text, std::size_t limit)
{
    constexpr std::string_view blanks = " \t\r\n";
    std::vector<std::string> words;
    for (std::size_t start = text.find_first_not_of(blanks); start != std::string::npos && words.size() < limit;) {
        const std::size_t end = text.find_first_of(blanks, start);
        words.push_back(text.substr(start, end - start));
        start = text.find_first_not_of(blanks, end);
    }
    return words;
}

/// A word of its own: "st" for "street" is not in "elmstone". An address has something behind it in search_text
/// columns.
std::vector<std::string> street_patterns(const std::string& word)
{
    const std::string_view other = base::other_street_word(word.substr(0, word.find_last_not_of(".,;") + 1));
    std::vector<std::string> patterns;
    for (const char* const end : {" ", ",", "."}) {
        if (!other.empty())
            patterns.push_back("% " + std::string(other) + end + "%");
    }
    return patterns;
}

/// One of the groups of a number that is typed in several: "(518)" or "0188".
bool is_of_digits(std::string_view word)
{
    return word.find_first_not_of("0123456789()+-./") == std::string_view::npos &&
           word.find_first_of("0123456789") != std::string_view::npos;
}

std::string house_number(std::string_view word)
{
    if (word.starts_with('#'))
        word.remove_prefix(1);
    word = word.substr(0, word.find_last_not_of(".,;") + 1);
    if (word.size() > longest_house_number || word.find_first_not_of("0123456789") != std::string_view::npos)
        return {};
    return std::string(word);
}

} // namespace

std::string like_anywhere(std::string_view text)
{
    std::string pattern = "%";
    for (const char c : text) {
        if (c == '%' || c == '_' || c == '!')
            pattern += '!';
        pattern += c;
    }
    return pattern += '%';
}

std::vector<LikeWord> like_words(std::string_view text, std::size_t limit)
{
    text = base::first_code_points(text, 200);
    std::vector<LikeWord> words;
    for (const std::string& word : base::sought_phone(text))
        words.push_back({like_anywhere(word), {}});
    if (!words.empty())
        return words;
    const std::string typed = base::without_apostrophes(text);
    const auto folded = split(base::fold(typed), limit);
    const auto others = split(base::fold(base::spelled_out(typed)), limit);
    for (std::size_t i = 0; i < folded.size(); ++i) {
        LikeWord word{like_anywhere(folded[i]), {}};
        if (const std::string digits = base::digits_between_punctuation(folded[i]); !digits.empty())
            word.digits = like_anywhere(digits);
        // Letters only are spelled out, so that there are as many words.
        if (others.at(i) != folded[i])
            word.spelled_out = like_anywhere(others[i]);
        word.street = street_patterns(folded[i]);
        const bool is_grouped =
            (i > 0 && is_of_digits(folded[i - 1])) || (i + 1 < folded.size() && is_of_digits(folded[i + 1]));
        if (!is_grouped)
            word.house_number = house_number(folded[i]);
        words.push_back(std::move(word));
    }
    return words;
}

namespace {

/// "COLUMN LIKE …" for each spelling of the word, of which one is enough.
void add_spellings(SqlBuilder& sql, Sql column, const LikeWord& word)
{
    sql.add(column).add(" LIKE ").bind(word.as_typed).add(" ESCAPE '!'");
    std::vector<std::string> others = word.street;
    others.insert(others.end(), {word.digits, word.spelled_out});
    for (const std::string& other : others) {
        if (!other.empty())
            sql.add(" OR ").add(column).add(" LIKE ").bind(other).add(" ESCAPE '!'");
    }
}

} // namespace

void add_like_word(SqlBuilder& sql, const LikeWord& word, std::initializer_list<Sql> columns)
{
    Sql before(" AND (");
    for (const Sql column : columns) {
        sql.add(before);
        add_spellings(sql, column, word);
        before = Sql(" OR ");
    }
    sql.add(")");
}

void add_like_words(SqlBuilder& sql, std::string_view text, std::initializer_list<Sql> columns)
{
    for (const LikeWord& word : like_words(text))
        add_like_word(sql, word, columns);
}

} // namespace db
