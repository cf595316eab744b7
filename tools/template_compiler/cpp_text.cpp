#include "template_compiler/cpp_text.hpp"

#include "template_compiler/error.hpp"

#include <algorithm>
#include <array>

namespace template_compiler {
namespace {

constexpr std::string_view blanks = " \t\r\n";

constexpr std::array<std::string_view, 84> keywords{"alignas", "alignof", "and", "and_eq", "asm", "auto", "bitand",
    "bitor", "bool", "break", "case", "catch", "char", "class", "co_await", "co_return", "co_yield", "compl", "concept",
    "const", "consteval", "constexpr", "constinit", "const_cast", "continue", "decltype", "default", "delete", "do",
    "double", "dynamic_cast", "else", "enum", "explicit", "export", "extern", "false", "float", "for", "friend", "goto",
    "if", "inline", "int", "long", "mutable", "namespace", "new", "noexcept", "not", "not_eq", "nullptr", "operator",
    "or", "or_eq", "private", "protected", "public", "register", "reinterpret_cast", "requires", "return", "short",
    "signed", "sizeof", "static", "static_assert", "static_cast", "struct", "switch", "template", "this", "throw",
    "true", "try", "typedef", "typename", "union", "unsigned", "using", "virtual", "void", "volatile", "while"};

bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// The offset after the literal that starts at `start`. A quote between digits (1'000) does not start one.
std::size_t skip_quoted(std::string_view text, std::size_t start)
{
    const char quote = text[start];
    if (quote == '\'' && start > 0 && (is_digit(text[start - 1]) || is_letter(text[start - 1])))
        return start + 1;
    for (auto at = start + 1; at < text.size(); ++at) {
        if (text[at] == '\\')
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return text.size();
}

// A line's end in a string reads as one blank, however the next line is indented. Returns the last offset it took.
std::size_t join_lines(std::string& content, std::string_view text, std::size_t newline)
{
    content.erase(content.find_last_not_of(blanks) + 1);
    content += ' ';
    return text.find_first_not_of(blanks, newline) - 1;
}

} // namespace

std::string_view trim(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::size_t find_outside_brackets(std::string_view text, std::string_view terminator)
{
    int depth = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (depth == 0 && text.substr(at).starts_with(terminator))
            return at;
        if (c == '"' || c == '\'') {
            at = skip_quoted(text, at);
            continue;
        }
        if (c == '(' || c == '[' || c == '{')
            ++depth;
        if (depth > 0 && (c == ')' || c == ']' || c == '}'))
            --depth;
        ++at;
    }
    return std::string_view::npos;
}

std::vector<std::string> split_arguments(std::string_view text)
{
    std::vector<std::string> parts;
    text = trim(text);
    while (!text.empty()) {
        const auto comma = find_outside_brackets(text, ",");
        parts.emplace_back(trim(text.substr(0, comma)));
        text = comma == std::string_view::npos ? std::string_view() : text.substr(comma + 1);
    }
    return parts;
}

bool is_identifier(std::string_view text)
{
    return !text.empty() && is_letter(text.front()) &&
           std::ranges::all_of(text, [](char c) { return is_letter(c) || is_digit(c); }) &&
           std::ranges::find(keywords, text) == keywords.end();
}

std::string in_quotes(std::string_view text)
{
    std::string literal = "\"";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n') {
            literal += "\\n";
        } else if (c == '"' || c == '\\' || (c == '?' && literal.back() == '?')) {
            // The second of two question marks too, for they begin a trigraph.
            literal += '\\';
            literal += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            // Octal, because a hexadecimal escape would swallow the digits that follow it.
            literal += {'\\', static_cast<char>('0' + (byte >> 6)), static_cast<char>('0' + ((byte >> 3) & 7)),
                static_cast<char>('0' + (byte & 7))};
        } else {
            literal += c;
        }
    }
    return literal + "\"";
}

std::string_view take_word(std::string_view& text)
{
    text = trim(text);
    const auto end = text.find_first_of(blanks);
    const auto word = text.substr(0, end);
    text = trim(text.substr(word.size()));
    return word;
}

std::string take_string(std::string_view& text, int line)
{
    text = trim(text);
    if (!text.starts_with('"'))
        throw TemplateError(line, "a \"quoted text\" is expected here; write it in double quotes");
    const auto end = skip_quoted(text, 0);
    if (end < 2 || text[end - 1] != '"')
        throw TemplateError(line, "the quoted text does not end; add the closing \"");
    std::string content;
    for (std::size_t at = 1; at + 1 < end; ++at) {
        const bool escaped = text[at] == '\\';
        if (escaped)
            ++at;
        if (text[at] == '\n')
            at = join_lines(content, text, at);
        else
            content += escaped && text[at] == 'n' ? '\n' : text[at];
    }
    text = trim(text.substr(end));
    return content;
}

} // namespace template_compiler
