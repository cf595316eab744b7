#include "http/fields.hpp"

#include <algorithm>
#include <array>

namespace http {

namespace {

char lower(char letter)
{
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + ('a' - 'A')) : letter;
}

constexpr std::array<bool, 256> token_characters = [] {
    std::array<bool, 256> allowed{};
    for (const char letter : std::string_view("!#$%&'*+-.^_`|~0123456789"))
        allowed[static_cast<unsigned char>(letter)] = true;
    for (std::size_t offset = 0; offset < 26; ++offset) {
        allowed['A' + offset] = true;
        allowed['a' + offset] = true;
    }
    return allowed;
}();

bool is_token_character(char letter)
{
    return token_characters[static_cast<unsigned char>(letter)];
}

/// Takes a quoted string off the front of `text`, which begins behind the opening quote.
std::string take_quoted(std::string_view& text)
{
    std::string value;
    while (!text.empty() && text.front() != '"') {
        // Only quote and backslash are unescaped: old browsers send C:\paths\like this.
        if (text.front() == '\\' && text.size() > 1 && (text[1] == '"' || text[1] == '\\'))
            text.remove_prefix(1);
        value += text.front();
        text.remove_prefix(1);
    }
    if (!text.empty())
        text.remove_prefix(1);
    return value;
}

std::string take_value(std::string_view& text)
{
    if (!text.empty() && text.front() == '"') {
        text.remove_prefix(1);
        return take_quoted(text);
    }
    const auto end = std::min(text.find(';'), text.size());
    const std::string value(trim_blanks(text.substr(0, end)));
    text.remove_prefix(end);
    return value;
}

} // namespace

bool equals_ignoring_case(std::string_view a, std::string_view b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trim_blanks(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

std::string_view take_element(std::string_view& list, char separator)
{
    const auto end = std::min(list.find(separator), list.size());
    const auto element = trim_blanks(list.substr(0, end));
    list.remove_prefix(std::min(end + 1, list.size()));
    return element;
}

std::optional<std::string> find_parameter(std::string_view field_value, std::string_view name)
{
    auto rest = field_value.substr(std::min(field_value.find(';'), field_value.size()));
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const auto equals = rest.find_first_of("=;");
        if (equals == std::string_view::npos)
            return std::nullopt;
        const auto found = trim_blanks(rest.substr(0, equals));
        const bool has_value = rest[equals] == '=';
        rest.remove_prefix(equals);
        if (!has_value)
            continue;
        rest.remove_prefix(1);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        std::string value = take_value(rest);
        if (equals_ignoring_case(found, name))
            return value;
        rest.remove_prefix(std::min(rest.find(';'), rest.size()));
    }
    return std::nullopt;
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

bool is_field_value(std::string_view text)
{
    return std::none_of(
        text.begin(), text.end(), [](char letter) { return letter == '\r' || letter == '\n' || letter == '\0'; });
}

std::string shown_value(std::string_view value)
{
    constexpr std::size_t most_shown = 200;
    std::string shown(value.substr(0, most_shown));
    std::ranges::replace_if(
        shown, [](char letter) { return letter < ' ' || letter > '~'; }, '?');
    return shown + (value.size() > most_shown ? "..." : "");
}

} // namespace http
