#include "base/utf8.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace base {

namespace {

struct LeadByte
{
    std::size_t length;
    char32_t bits;
    char32_t smallest;
};

LeadByte read_lead_byte(unsigned char byte)
{
    if (byte < 0x80) {
        return {1, byte, 0};
    }
    if (byte >= 0xC2 && byte < 0xE0) {
        return {2, byte & 0x1FU, 0x80};
    }
    if (byte >= 0xE0 && byte < 0xF0) {
        return {3, byte & 0x0FU, 0x800};
    }
    if (byte >= 0xF0 && byte < 0xF5) {
        return {4, byte & 0x07U, 0x10000};
    }
    return {0, 0, 0};
}

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

} // namespace

CodePoint decode_utf8(std::string_view text)
{
    if (text.empty()) {
        return {};
    }
    const LeadByte lead = read_lead_byte(static_cast<unsigned char>(text.front()));
    if (lead.length == 0 || lead.length > text.size()) {
        return {};
    }
    char32_t value = lead.bits;
    for (std::size_t i = 1; i < lead.length; ++i) {
        if (!is_continuation(text[i])) {
            return {};
        }
        value = (value << 6U) | (static_cast<unsigned char>(text[i]) & 0x3FU);
    }
    const bool is_surrogate = value >= 0xD800 && value <= 0xDFFF;
    if (value < lead.smallest || is_surrogate || value > 0x10FFFF) {
        return {};
    }
    return {value, lead.length};
}

void append_utf8(std::string& out, char32_t code_point)
{
    const auto append = [&out](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
    if (code_point < 0x80) {
        append(code_point);
    } else if (code_point < 0x800) {
        append(0xC0U | (code_point >> 6U));
        append(0x80U | (code_point & 0x3FU));
    } else if (code_point < 0x10000) {
        append(0xE0U | (code_point >> 12U));
        append(0x80U | ((code_point >> 6U) & 0x3FU));
        append(0x80U | (code_point & 0x3FU));
    } else {
        append(0xF0U | (code_point >> 18U));
        append(0x80U | ((code_point >> 12U) & 0x3FU));
        append(0x80U | ((code_point >> 6U) & 0x3FU));
        append(0x80U | (code_point & 0x3FU));
    }
}

bool is_control(char32_t code_point)
{
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0);
}

bool is_invisible(char32_t c)
{
    return c == 0x00AD || c == 0x061C || c == 0x180E || (c >= 0x200B && c <= 0x200F) || (c >= 0x2028 && c <= 0x202E) ||
           (c >= 0x2060 && c <= 0x206F) || (c >= 0xFE00 && c <= 0xFE0F) || c == 0xFEFF ||
           (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

std::string repair_utf8(std::string text)
{
    if (is_valid_utf8(text) && text.find('\0') == std::string::npos) {
        return text;
    }
    std::string repaired;
    for (std::string_view rest = text; !rest.empty();) {
        const CodePoint code_point = decode_utf8(rest);
        append_utf8(repaired, code_point.value == 0 ? 0xFFFD : code_point.value);
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
    std::size_t count = 0;
    for (const char byte : text) {
        count += is_continuation(byte) ? 0U : 1U;
    }
    return count;
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
