#include "base/text.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <utf8proc.h>

namespace base {

namespace {

bool is_line_break(char32_t c)
{
    constexpr char32_t next_line = 0x85;
    constexpr char32_t line_separator = 0x2028;
    constexpr char32_t paragraph_separator = 0x2029;
    return (c >= '\n' && c <= '\r') || c == next_line || c == line_separator || c == paragraph_separator;
}

/// What no character will ever be (U+FFFE, U+FFFF and others) is not allowed in XML either.
bool is_noncharacter(char32_t c)
{
    return (c & 0xFFFEU) == 0xFFFEU || (c >= 0xFDD0 && c <= 0xFDEF);
}

bool is_of_a_text(char32_t c)
{
    return !is_control(c) && !is_direction_control(c) && !is_noncharacter(c);
}

bool can_be_seen(char32_t c)
{
    constexpr char32_t braille_blank = 0x2800;
    return c > ' ' && c != braille_blank && !is_space(c) && !is_invisible(c);
}

constexpr std::string_view ascii_space = " \t\n\v\f\r";
constexpr std::string_view no_break_space = "\u00A0";

bool is_ascii_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Of the blank in front; zero without one.
std::size_t length_of_blank(std::string_view text)
{
    if (!text.empty() && is_ascii_space(text.front()))
        return 1;
    return text.starts_with(no_break_space) ? no_break_space.size() : 0;
}

/// Printable ASCII with single blanks.
bool is_plain_line(std::string_view text)
{
    char before = 0;
    for (const char c : text) {
        if (c < ' ' || (c == ' ' && before == ' '))
            return false;
        before = c;
    }
    return true;
}

std::string first_initial(std::string_view word)
{
    std::string initial;
    while (!word.empty()) {
        const CodePoint code_point = decode_utf8(word);
        if (code_point.length != 0 && is_letter_or_digit(code_point.value)) {
            append_utf8(
                initial, static_cast<char32_t>(utf8proc_totitle(static_cast<utf8proc_int32_t>(code_point.value))));
            break;
        }
        word.remove_prefix(std::max<std::size_t>(code_point.length, 1));
    }
    return initial;
}

} // namespace

std::string_view trim(std::string_view text)
{
    while (const std::size_t blank = length_of_blank(text))
        text.remove_prefix(blank);
    for (;;) {
        if (!text.empty() && is_ascii_space(text.back()))
            text.remove_suffix(1);
        else if (text.ends_with(no_break_space))
            text.remove_suffix(no_break_space.size());
        else
            return text;
    }
}

std::string excerpt(std::string_view text, std::size_t most)
{
    constexpr std::size_t longest_code_point = 4;
    text = trim(text);
    if (text.size() <= most && is_plain_line(text))
        return std::string(text);
    std::string line;
    line.reserve(std::min(text.size(), longest_code_point * most));
    // What does not fit is not read: a description may be long.
    while (line.size() <= longest_code_point * most && !text.empty()) {
        const auto* const end = std::ranges::find_if(text, is_ascii_space);
        const auto length = static_cast<std::size_t>(end - text.begin());
        line.append(text.substr(0, length));
        text.remove_prefix(length);
        while (const std::size_t blank = length_of_blank(text))
            text.remove_prefix(blank);
        if (!text.empty())
            line += ' ';
    }
    if (count_code_points(line) <= most)
        return line;
    return std::string(trim(first_code_points(line, most - 1))) + "…";
}

bool has_control_characters(std::string_view text)
{
    while (!text.empty()) {
        const CodePoint c = decode_utf8(text);
        const bool is_blank = c.value == '\t' || c.value == '\r' || c.value == '\n';
        if (c.length != 0 && !is_blank && is_control(c.value)) {
            return true;
        }
        text.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return false;
}

std::string plain_file_name(std::string_view name)
{
    if (const auto folder = name.find_last_of("/\\"); folder != std::string_view::npos) {
        name.remove_prefix(folder + 1);
    }
    std::string plain;
    while (!name.empty()) {
        const CodePoint c = decode_utf8(name);
        if (c.length != 0 && !is_control(c.value) && !is_invisible(c.value)) {
            plain += name.substr(0, c.length);
        }
        name.remove_prefix(std::max<std::size_t>(c.length, 1));
    }
    return plain;
}

std::string clean_text(std::string_view text)
{
    std::string clean;
    clean.reserve(text.size());
    bool shows_anything = false;
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = decode_utf8(text.substr(at));
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        if (c.length != 0 && is_line_break(c.value)) {
            if (!text.substr(at).starts_with("\r\n"))
                clean += '\n';
        } else if (c.length == 0 || c.value == '\t' || is_of_a_text(c.value)) {
            clean += text.substr(at, length);
            shows_anything = shows_anything || c.length == 0 || can_be_seen(c.value);
        }
        at += length;
    }
    return shows_anything ? std::string(trim(clean)) : std::string();
}

std::string clean_line(std::string_view text)
{
    std::string line = clean_text(text);
    std::ranges::replace_if(
        line, [](char byte) { return byte == '\n' || byte == '\t'; }, ' ');
    return line;
}

std::optional<std::int64_t> parse_integer(std::string_view text)
{
    if (text.empty() || text.front() == '-') {
        return {};
    }
    std::int64_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (result.ec != std::errc{} || result.ptr != text.data() + text.size()) {
        return {};
    }
    return value;
}

std::string initials(std::string_view name)
{
    std::string first;
    std::string last;
    for (name = trim(name); !name.empty(); name = trim(name)) {
        const std::string_view word = name.substr(0, name.find_first_of(ascii_space));
        name.remove_prefix(word.size());
        if (std::string initial = first_initial(word); !initial.empty()) {
            (first.empty() ? first : last) = std::move(initial);
        }
    }
    return first.empty() ? "?" : first + last;
}

Text file_size(std::uint64_t bytes)
{
    constexpr std::uint64_t kilobyte = 1024;
    if (bytes < kilobyte)
        return Text::plural("1 byte", "{n} bytes", bytes);
    const double kilobytes = static_cast<double>(bytes) / kilobyte;
    if (kilobytes < 1023.5)
        return Text("{size} KB", {{"size", fmt::format("{:.0f}", kilobytes)}});
    const double megabytes = kilobytes / kilobyte;
    const bool is_megabytes = megabytes < 1023.5;
    const double size = is_megabytes ? megabytes : megabytes / kilobyte;
    std::string number = fmt::format("{:.{}f}", size, size < 9.95 ? 1 : 0);
    if (number.ends_with(".0"))
        number.resize(number.size() - 2);
    return is_megabytes ? Text("{size} MB", {{"size", number}}) : Text("{size} GB", {{"size", number}});
}

std::string ascii_lower(std::string_view text)
{
    std::string out(text);
    std::ranges::transform(
        out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; });
    return out;
}

} // namespace base
