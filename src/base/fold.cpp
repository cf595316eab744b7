#include "base/text.hpp"

#include "base/fold_table.hpp"
#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace base {

namespace {

bool is_ascii_letter_or_digit(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_combining_accent(char32_t c)
{
    return c >= 0x0300 && c <= 0x036F;
}

std::string_view fold_to_two_letters(char32_t c)
{
    switch (c) {
    case 0x00DF:
    case 0x1E9E:
        return "ss";
    case 0x00C6:
    case 0x00E6:
    case 0x01FC:
    case 0x01FD:
    case 0x01E2:
    case 0x01E3:
        return "ae";
    case 0x0152:
    case 0x0153:
        return "oe";
    case 0x00DE:
    case 0x00FE:
        return "th";
    case 0x0132:
    case 0x0133:
        return "ij";
    default:
        return {};
    }
}

char fold_to_letter(char32_t c)
{
    if (c >= fold_latin_first && c < fold_latin_first + fold_latin.size()) {
        return fold_latin[c - fold_latin_first];
    }
    if (c >= fold_latin_additional_first && c < fold_latin_additional_first + fold_latin_additional.size()) {
        return fold_latin_additional[c - fold_latin_additional_first];
    }
    return '.';
}

char32_t lower_greek(char32_t c)
{
    if (c >= 0x0391 && c <= 0x03AB && c != 0x03A2) {
        return c + 0x20;
    }
    switch (c) {
    case 0x0386:
        return 0x03AC;
    case 0x0388:
    case 0x0389:
    case 0x038A:
        return c + 0x25;
    case 0x038C:
        return 0x03CC;
    case 0x038E:
    case 0x038F:
        return c + 0x3F;
    case 0x03C2: // A final sigma is the same letter, or the upper-case word would not find the lower-case one.
        return 0x03C3;
    default:
        return c;
    }
}

char32_t lower_cyrillic(char32_t c)
{
    if (c <= 0x040F) {
        return c + 0x50;
    }
    if (c <= 0x042F) {
        return c + 0x20;
    }
    const bool is_paired = (c >= 0x0460 && c <= 0x0481) || (c >= 0x048A && c <= 0x04BF) || (c >= 0x04D0 && c <= 0x052F);
    return is_paired ? c | 1U : c;
}

char32_t lower_other_script(char32_t c)
{
    if (c >= 0x0370 && c <= 0x03FF) {
        return lower_greek(c);
    }
    return c >= 0x0400 && c <= 0x052F ? lower_cyrillic(c) : c;
}

void append_folded(std::string& out, char32_t c)
{
    // Only after a Latin letter: a decomposed Cyrillic short i must not become another letter.
    if (is_combining_accent(c) && !out.empty() && is_ascii_letter_or_digit(static_cast<unsigned char>(out.back()))) {
        return;
    }
    if (const char letter = fold_to_letter(c); letter != '.') {
        out.push_back(letter);
    } else if (const std::string_view letters = fold_to_two_letters(c); !letters.empty()) {
        out += letters;
    } else {
        append_utf8(out, lower_other_script(c));
    }
}

struct Range
{
    char32_t first;
    char32_t last;
};

// What is not a word in the blocks people type from; every other code point past ASCII counts as a letter.
constexpr std::array<Range, 14> separators{{
    {0x0080, 0x00A9},
    {0x00AB, 0x00B4},
    {0x00B6, 0x00B9},
    {0x00BB, 0x00BF},
    {0x00D7, 0x00D7},
    {0x00F7, 0x00F7},
    {0x2000, 0x2BFF},
    {0x3000, 0x3004},
    {0x3008, 0x3020},
    {0xE000, 0xF8FF},
    {0xFE00, 0xFE6F},
    {0xFF00, 0xFF0F},
    {0xFFF0, 0xFFFF},
    {0x1F000, 0x1FAFF},
}};

bool is_word_code_point(char32_t c)
{
    if (c < 0x80) {
        return is_ascii_letter_or_digit(c);
    }
    return std::ranges::none_of(separators, [c](Range range) { return c >= range.first && c <= range.last; });
}

} // namespace

std::string fold(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) {
        const char byte = text[at];
        if (static_cast<unsigned char>(byte) < 0x80) {
            out.push_back(byte >= 'A' && byte <= 'Z' ? static_cast<char>(byte + ('a' - 'A')) : byte);
            ++at;
            continue;
        }
        const CodePoint code_point = decode_utf8(text.substr(at));
        if (code_point.length == 0) {
            out.push_back(byte);
            ++at;
            continue;
        }
        append_folded(out, code_point.value);
        at += code_point.length;
    }
    return out;
}

std::vector<std::string> words(std::string_view text, std::size_t limit)
{
    std::vector<std::string> found;
    const std::string folded = fold(text);
    const std::string_view rest = folded;
    std::string word;
    for (std::size_t at = 0; at < rest.size() && found.size() < limit;) {
        const CodePoint code_point = decode_utf8(rest.substr(at));
        const std::size_t length = std::max<std::size_t>(code_point.length, 1);
        if (code_point.length != 0 && is_word_code_point(code_point.value)) {
            word += rest.substr(at, length);
        } else if (!word.empty()) {
            found.push_back(std::exchange(word, {}));
        }
        at += length;
    }
    if (!word.empty() && found.size() < limit) {
        found.push_back(word);
    }
    return found;
}

} // namespace base
