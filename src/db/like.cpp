#include "db/like.hpp"

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

std::vector<std::string> like_words(std::string_view text, std::size_t limit)
{
    constexpr std::string_view blanks = " \t\r\n";
    const std::string folded = base::fold(base::first_code_points(text, 200));
    std::vector<std::string> patterns;
    std::size_t start = folded.find_first_not_of(blanks);
    while (start != std::string::npos && patterns.size() < limit) {
        const std::size_t end = folded.find_first_of(blanks, start);
        patterns.push_back(like_anywhere(std::string_view(folded).substr(start, end - start)));
        start = folded.find_first_not_of(blanks, end);
    }
    return patterns;
}

} // namespace db
