#include "service_requests/title.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace service_requests {

namespace {

constexpr std::size_t longest_title = 80;
// Bytes: what is behind does not fit into a title.
constexpr std::size_t looked_at = 4 * longest_title;
// A title that is shorter says nothing: "Hi.", "Help!", "Hello,".
constexpr std::size_t shortest_sentence = 9;
// Bytes: no shortened word below is longer.
constexpr std::size_t longest_shortened = 6;

/// Words that are written with a dot in the middle of a sentence, in lower case.
constexpr auto shortened = std::to_array<std::string_view>(
    {"apt", "approx", "attn", "av", "ave", "bldg", "blvd", "dept", "dr", "dra", "esp", "ext", "fl", "hwy", "jr", "mr",
        "mrs", "ms", "mt", "mx", "pkwy", "prof", "rd", "rev", "rm", "sr", "sra", "st", "ste", "tel", "ud", "vs"});
/// These are words of their own too, so only a number after them tells.
constexpr auto before_numbers = std::to_array<std::string_view>({"art", "fig", "no", "nos", "nr", "num", "sec"});

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/// "a.m" and "J", but not "4.5".
bool is_initials(std::string_view word)
{
    const bool is_short = word.size() == 1 && word != "i";
    return (is_short || word.find('.') != std::string_view::npos) && std::none_of(word.begin(), word.end(), is_digit);
}

template <std::size_t Size>
bool is_one_of(const std::array<std::string_view, Size>& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Whether the dot that ends `before` belongs to its last word rather than to the sentence.
bool is_shortening(std::string_view before, std::string_view after)
{
    const std::string_view rest = base::trim(after);
    if (rest.empty())
        return false;
    before.remove_suffix(1);
    const std::size_t blank = before.find_last_of(" \n\t(\"");
    const std::string_view last = blank == std::string_view::npos ? before : before.substr(blank + 1);
    if (last.size() > longest_shortened && last.find('.') == std::string_view::npos)
        return false;
    const std::string word = base::ascii_lower(last);
    if (is_one_of(before_numbers, word))
        return is_digit(rest.front()) || rest.front() == '#';
    return is_one_of(shortened, word) || is_initials(word);
}

bool says_something(std::string_view sentence)
{
    return base::count_code_points(base::trim(sentence)) >= shortest_sentence;
}

/// Whether a sentence ends at the line break after `before`. The line of a greeting ends in a comma.
bool ends_at_line(std::string_view before)
{
    const std::string_view line = base::trim(before);
    return says_something(line) && line.back() != ',';
}

std::size_t end_of_first_sentence(std::string_view text)
{
    for (std::size_t at = 0; at < std::min(text.size(), looked_at); ++at) {
        if (text[at] > '?' || (text[at] > '.' && text[at] < '?'))
            continue;
        const std::string_view before = text.substr(0, at + 1);
        if (text[at] == '\n' && ends_at_line(before))
            return at;
        const bool is_end_mark = text[at] == '.' || text[at] == '!' || text[at] == '?';
        const bool is_before_blank = at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n';
        if (!is_end_mark || !is_before_blank || !says_something(before))
            continue;
        if (text[at] != '.' || !is_shortening(before, text.substr(at + 1)))
            return at + 1;
    }
    return text.size();
}

} // namespace

std::string title_of(std::string_view description, std::string_view type_name)
{
    const std::string_view text = base::trim(description);
    const std::string title = base::excerpt(text.substr(0, end_of_first_sentence(text)), longest_title);
    return title.empty() ? std::string(type_name) : title;
}

} // namespace service_requests
