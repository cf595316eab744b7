#include "base/url_encoding.hpp"

#include "base/utf8.hpp"

#include <algorithm>

namespace base {

namespace {

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' ||
           c == '_' || c == '~';
}

int hex_digit(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// The byte that "%XX" at the front means; empty when the text begins with something else.
std::optional<char> escaped_byte(std::string_view text)
{
    if (text.size() < 3 || text[0] != '%') {
        return {};
    }
    const int high = hex_digit(text[1]);
    const int low = hex_digit(text[2]);
    if (high < 0 || low < 0) {
        return {};
    }
    return static_cast<char>(high * 16 + low);
}

/// Decode the text; `is_sound` becomes false at a stray "%".
std::string decode(std::string_view text, bool& is_sound)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        const std::optional<char> byte = escaped_byte(text);
        is_sound = is_sound && (byte || text.front() != '%');
        out.push_back(byte.value_or(text.front()));
        text.remove_prefix(byte ? 3 : 1);
    }
    return out;
}

std::string decode_component(std::string_view text)
{
    std::string spaced(text);
    std::ranges::replace(spaced, '+', ' ');
    return repair_utf8(percent_decode_leniently(spaced));
}

} // namespace

void append_percent_encoded(std::string& out, std::string_view text, std::string_view also_kept)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : text) {
        if (is_unreserved(c) || also_kept.find(c) != std::string_view::npos) {
            out.push_back(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out.push_back('%');
        out.push_back(digits[byte >> 4U]);
        out.push_back(digits[byte & 0x0FU]);
    }
}

std::string percent_encode(std::string_view text, std::string_view also_kept)
{
    std::string out;
    out.reserve(text.size());
    append_percent_encoded(out, text, also_kept);
    return out;
}

std::optional<std::string> percent_decode(std::string_view text)
{
    bool is_sound = true;
    std::string decoded = decode(text, is_sound);
    return is_sound ? std::optional(std::move(decoded)) : std::nullopt;
}

std::string percent_decode_leniently(std::string_view text)
{
    bool is_sound = true;
    return decode(text, is_sound);
}

std::string encode_form(const FormFields& fields)
{
    std::string out;
    for (const auto& [name, value] : fields) {
        out += out.empty() ? "" : "&";
        append_percent_encoded(out, name);
        out += '=';
        append_percent_encoded(out, value);
    }
    return out;
}

FormFields decode_form(std::string_view text, std::size_t limit)
{
    FormFields fields;
    while (!text.empty() && fields.size() < limit) {
        const auto end = std::min(text.find('&'), text.size());
        const std::string_view field = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (field.empty()) {
            continue;
        }
        const auto equals = std::min(field.find('='), field.size());
        const std::string_view value = field.substr(std::min(equals + 1, field.size()));
        fields.emplace_back(decode_component(field.substr(0, equals)), decode_component(value));
    }
    return fields;
}

} // namespace base
