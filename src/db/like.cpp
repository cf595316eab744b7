#include "db/like.hpp"

#include "base/phone/phone.hpp"
#include "base/text.hpp"

namespace db {

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
    constexpr std::string_view blanks = " \t\r\n";
    text = base::first_code_points(text, 200);
    std::vector<LikeWord> words;
    for (const std::string& word : base::sought_phone(text))
        words.push_back({like_anywhere(word), {}});
    if (!words.empty())
        return words;
    const std::string folded = base::fold(base::without_apostrophes(text));
    std::size_t start = folded.find_first_not_of(blanks);
    while (start != std::string::npos && words.size() < limit) {
        const std::size_t end = folded.find_first_of(blanks, start);
        const std::string_view word = std::string_view(folded).substr(start, end - start);
        const std::string digits = base::digits_between_punctuation(word);
        words.push_back({like_anywhere(word), digits.empty() ? std::string() : like_anywhere(digits)});
        start = folded.find_first_not_of(blanks, end);
    }
    return words;
}

void add_like_words(SqlBuilder& sql, std::string_view text, std::initializer_list<Sql> columns)
{
    for (const LikeWord& word : like_words(text)) {
        Sql before(" AND (");
        for (const Sql column : columns) {
            sql.add(before).add(column).add(" LIKE ").bind(word.as_typed).add(" ESCAPE '!'");
            if (!word.digits.empty())
                sql.add(" OR ").add(column).add(" LIKE ").bind(word.digits).add(" ESCAPE '!'");
            before = Sql(" OR ");
        }
        sql.add(")");
    }
}

} // namespace db
