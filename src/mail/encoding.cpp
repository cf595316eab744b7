#include "mail/encoding.hpp"

#include "base/text.hpp"
#include "base/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace mail {

namespace {

constexpr std::size_t longest_line = 76;
constexpr std::string_view word_begin = "=?UTF-8?B?";
constexpr std::string_view word_end = "?=";

std::string base64(std::string_view bytes)
{
    constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits = bits << 8U | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= group.size() ? digits[bits >> (18 - 6 * i) & 63U] : '=';
    }
    return text;
}

std::string one_line(std::string_view words)
{
    std::string line(words);
    std::ranges::replace_if(
        line, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return line;
}

/// Printable ASCII that no reader could take for an encoded word.
bool is_plain(std::string_view words)
{
    return base::is_ascii(words) && words.find("=?") == std::string_view::npos;
}

/// The bytes of the next whole code points, as many as `most` bytes hold.
std::size_t whole_code_points(std::string_view text, std::size_t most)
{
    std::size_t taken = 0;
    while (taken < text.size()) {
        const std::size_t length = std::max<std::size_t>(1, base::decode_utf8(text.substr(taken)).length);
        if (taken > 0 && taken + length > most)
            break;
        taken += length;
    }
    return taken;
}

std::string folded(std::string_view words, std::size_t used)
{
    std::string text;
    while (!words.empty()) {
        const std::size_t blank = words.find(' ', 1);
        const std::string_view word = words.substr(0, blank);
        // A fold keeps the blank, which begins the next line.
        if (!text.empty() && word.front() == ' ' && word.size() > 1 && used + word.size() > longest_line) {
            text += "\r\n";
            used = 0;
        }
        text += word;
        used += word.size();
        words.remove_prefix(word.size());
    }
    return text;
}

std::string encoded(std::string_view words, std::size_t used)
{
    std::string text;
    while (!words.empty()) {
        const std::size_t frame = word_begin.size() + word_end.size();
        const std::size_t room = used + frame + 8 > longest_line ? 8 : longest_line - used - frame;
        const std::string_view piece = words.substr(0, whole_code_points(words, room / 4 * 3));
        text += fmt::format("{}{}{}{}", text.empty() ? "" : "\r\n ", word_begin, base64(piece), word_end);
        words.remove_prefix(piece.size());
        used = 1;
    }
    return text;
}

} // namespace

std::string encoded_words(std::string_view words, std::size_t used)
{
    const std::string line = one_line(base::repair_utf8(std::string(words)));
    return is_plain(line) ? folded(line, used) : encoded(line, used);
}

std::string encoded_name(std::string_view name, std::size_t used)
{
    const std::string line = one_line(base::repair_utf8(std::string(name)));
    if (!is_plain(line))
        return encoded(line, used);
    std::string quoted = "\"";
    for (const char c : line) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::string quoted_printable(std::string_view text)
{
    std::string out;
    std::size_t column = 0;
    const auto add = [&](std::string_view piece) {
        // One more byte, because the break itself is a sign.
        if (column + piece.size() > longest_line - 1) {
            out += "=\r\n";
            column = 0;
        }
        out += piece;
        column += piece.size();
    };
    for (std::size_t at = 0; at < text.size(); ++at) {
        const char c = text[at];
        const bool ends_line = at + 1 == text.size() || text[at + 1] == '\n' || text[at + 1] == '\r';
        if (c == '\n') {
            out += "\r\n";
            column = 0;
        } else if (c == '\r' && at + 1 < text.size() && text[at + 1] == '\n') {
            continue;
        } else if ((c > ' ' && c <= '~' && c != '=' && !(c == '.' && column == 0)) || (c == ' ' && !ends_line)) {
            add(text.substr(at, 1));
        } else {
            add(fmt::format("={:02X}", static_cast<unsigned char>(c)));
        }
    }
    return out;
}

} // namespace mail
