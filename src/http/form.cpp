#include "http/form.hpp"

#include "base/text.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace http {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

int hex_digit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    if (letter >= 'a' && letter <= 'f')
        return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F')
        return letter - 'A' + 10;
    return -1;
}

/// The byte that "%XX" at the front stands for; -1 when it is none.
int escaped_byte(std::string_view text)
{
    if (text.size() < 3 || text[0] != '%')
        return -1;
    const int high = hex_digit(text[1]);
    const int low = hex_digit(text[2]);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
}

std::string decode_component(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int byte = escaped_byte(text.substr(i, 3));
        if (byte >= 0)
            i += 2;
        const char plain = text[i] == '+' ? ' ' : text[i];
        result += byte >= 0 ? static_cast<char>(byte) : plain;
    }
    return repair_utf8(std::move(result));
}

/// Length of the well-formed character at the front; 0 when there is none.
std::size_t character_length(std::string_view text)
{
    if (text.front() == '\0')
        return 0;
    for (std::size_t length = 1; length <= std::min<std::size_t>(4, text.size()); ++length) {
        if (base::is_valid_utf8(text.substr(0, length)))
            return length;
    }
    return 0;
}

} // namespace

std::optional<std::string> decode_percent(std::string_view text)
{
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            result += text[i];
            continue;
        }
        const int byte = escaped_byte(text.substr(i, 3));
        if (byte < 0)
            return std::nullopt;
        result += static_cast<char>(byte);
        i += 2;
    }
    return result;
}

FormFields decode_form(std::string_view text, std::size_t limit)
{
    FormFields fields;
    while (!text.empty() && fields.size() < limit) {
        const auto end = text.find('&');
        const auto field = text.substr(0, end);
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        if (field.empty())
            continue;
        const auto equals = field.find('=');
        const auto value = equals == std::string_view::npos ? std::string_view() : field.substr(equals + 1);
        fields.emplace_back(decode_component(field.substr(0, equals)), decode_component(value));
    }
    return fields;
}

std::string repair_utf8(std::string text)
{
    if (base::is_valid_utf8(text) && text.find('\0') == std::string::npos)
        return text;
    std::string result;
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto length = character_length(rest);
        result += length > 0 ? rest.substr(0, length) : replacement;
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return result;
}

} // namespace http
