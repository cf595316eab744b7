#include "base/utf8.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utf8proc.h>

namespace base {

bool is_direction_control(char32_t c)
{
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

namespace {

bool is_continuation(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

std::size_t skip_ascii(std::string_view text, std::size_t at)
{
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::uint64_t chunk = 0;
    while (at + sizeof chunk <= text.size()) {
        std::memcpy(&chunk, text.data() + at, sizeof chunk);
        if ((chunk & high_bits) != 0) {
            break;
        }
        at += sizeof chunk;
    }
    return at;
}

constexpr unsigned char first_byte_of_hebrew = 0xD6;

bool turns_direction(char32_t c)
{
    const auto direction = utf8proc_get_property(static_cast<utf8proc_int32_t>(c))->bidi_class;
    return direction == UTF8PROC_BIDI_CLASS_R || direction == UTF8PROC_BIDI_CLASS_AL || is_direction_control(c);
}

struct Free
{
    void operator()(utf8proc_uint8_t* bytes) const { std::free(bytes); }
};

std::string mapped(std::string_view text, unsigned options)
{
    if (is_ascii(text))
        return std::string(text);
    utf8proc_uint8_t* made = nullptr;
    const utf8proc_ssize_t length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
        static_cast<utf8proc_ssize_t>(text.size()), &made, static_cast<utf8proc_option_t>(options));
    const std::unique_ptr<utf8proc_uint8_t, Free> owner(made);
    if (length < 0)
        return std::string(text);
    return {reinterpret_cast<const char*>(made), static_cast<std::size_t>(length)};
}

} // namespace

bool is_ascii(std::string_view text)
{
    return std::all_of(text.begin() + static_cast<std::ptrdiff_t>(skip_ascii(text, 0)), text.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string nfc(std::string_view text)
{
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

std::string nfkc(std::string_view text)
{
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
}

std::string nfd(std::string_view text)
{
    return mapped(text, UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
}

std::string plain_name(std::string_view text)
{
    const std::string composed = nfkc(text);
    std::string visible;
    for (std::string_view rest = composed; !rest.empty();) {
        const CodePoint c = decode_utf8(rest);
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        if (c.length == 0 || !is_invisible(c.value))
            visible += rest.substr(0, length);
        rest.remove_prefix(length);
    }
    // Composed once more: what stood between a letter and its accent may have gone.
    return nfkc(trim(visible));
}

std::string caseless_name(std::string_view text)
{
    return mapped(
        ascii_lower(plain_name(text)), UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD);
}

bool turns_direction(std::string_view text)
{
    for (std::size_t at = skip_ascii(text, 0); at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < first_byte_of_hebrew) {
            ++at;
            continue;
        }
        const CodePoint c = decode_utf8(text.substr(at));
        if (c.length != 0 && turns_direction(c.value))
            return true;
        at += std::max<std::size_t>(c.length, 1);
    }
    return false;
}

std::string isolated(std::string_view text)
{
    if (!turns_direction(text))
        return std::string(text);
    std::string out = "\u2068";
    for (std::size_t at = 0; at < text.size();) {
        const CodePoint c = decode_utf8(text.substr(at));
        const std::size_t length = std::max<std::size_t>(c.length, 1);
        if (c.length == 0 || !is_direction_control(c.value))
            out += text.substr(at, length);
        at += length;
    }
    return out + "\u2069";
}

CodePoint decode_utf8(std::string_view text)
{
    utf8proc_int32_t value = 0;
    const utf8proc_ssize_t length = utf8proc_iterate(
        reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &value);
    return length <= 0 ? CodePoint{} : CodePoint{static_cast<char32_t>(value), static_cast<std::size_t>(length)};
}

void append_utf8(std::string& out, char32_t code_point)
{
    std::array<utf8proc_uint8_t, 4> bytes{};
    const auto length = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code_point), bytes.data());
    out.append(reinterpret_cast<const char*>(bytes.data()), static_cast<std::size_t>(length));
}

bool is_control(char32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

bool is_letter_or_digit(char32_t code_point)
{
    switch (utf8proc_category(static_cast<utf8proc_int32_t>(code_point))) {
    case UTF8PROC_CATEGORY_LU:
    case UTF8PROC_CATEGORY_LL:
    case UTF8PROC_CATEGORY_LT:
    case UTF8PROC_CATEGORY_LM:
    case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_ND:
    case UTF8PROC_CATEGORY_NL:
        return true;
    default:
        return false;
    }
}

bool is_space(char32_t code_point)
{
    return utf8proc_category(static_cast<utf8proc_int32_t>(code_point)) == UTF8PROC_CATEGORY_ZS;
}

bool is_invisible(char32_t code_point)
{
    const utf8proc_property_t* const property = utf8proc_get_property(static_cast<utf8proc_int32_t>(code_point));
    const auto category = property->category;
    return property->ignorable || category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP;
}

std::string repair_utf8(std::string text)
{
    if (is_valid_utf8(text) && text.find('\0') == std::string::npos) {
        return text;
    }
    std::string repaired;
    for (std::string_view rest = text; !rest.empty();) {
        const CodePoint code_point = decode_utf8(rest);
        if (code_point.length == 0)
            append_utf8(repaired, 0xFFFD);
        else if (code_point.value != 0)
            append_utf8(repaired, code_point.value);
        rest.remove_prefix(std::max<std::size_t>(code_point.length, 1));
    }
    return repaired;
}

bool is_valid_utf8(std::string_view text)
{
    std::size_t at = 0;
    while ((at = skip_ascii(text, at)) < text.size()) {
        const CodePoint code_point = decode_utf8(text.substr(at));
        if (code_point.length == 0) {
            return false;
        }
        at += code_point.length;
    }
    return true;
}

std::size_t count_code_points(std::string_view text)
{
    const std::size_t plain = skip_ascii(text, 0);
    return plain + static_cast<std::size_t>(
                       std::ranges::count_if(text.substr(plain), [](char byte) { return !is_continuation(byte); }));
}

std::string_view first_code_points(std::string_view text, std::size_t count)
{
    std::size_t at = 0;
    for (std::size_t seen = 0; at < text.size(); ++at) {
        if (!is_continuation(text[at]) && seen++ == count) {
            break;
        }
    }
    return text.substr(0, at);
}

} // namespace base
