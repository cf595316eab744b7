#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "base/utf8.hpp"
#include "http/body/multipart.hpp"
#include "http/fields.hpp"

#include <algorithm>

namespace http {

namespace {

/// The character that "%22", "%0D" or "%0A" at the front stands for. Browsers escape just these three in names
/// (WHATWG HTML, multipart/form-data encoding algorithm).
std::optional<char> escaped_character(std::string_view text)
{
    if (text.starts_with("%22"))
        return '"';
    if (text.starts_with("%0D"))
        return '\r';
    if (text.starts_with("%0A"))
        return '\n';
    return std::nullopt;
}

std::string unescape_name(std::string_view name)
{
    std::string unescaped;
    while (!name.empty()) {
        const auto character = escaped_character(name);
        unescaped += character.value_or(name.front());
        name.remove_prefix(character ? 3 : 1);
    }
    return base::repair_utf8(std::move(unescaped));
}

/// filename*=UTF-8'en'na%C3%AFve.txt (RFC 5987); empty when it is malformed or in another charset.
std::optional<std::string> decode_extended(std::string_view value)
{
    const auto charset = take_element(value, '\'');
    take_element(value, '\'');
    if (!equals_ignoring_case(charset, "utf-8"))
        return std::nullopt;
    auto decoded = base::percent_decode(value);
    if (!decoded || !base::is_valid_utf8(*decoded))
        return std::nullopt;
    return decoded;
}

std::optional<std::string> file_name(std::string_view disposition)
{
    if (const auto extended = find_parameter(disposition, "filename*")) {
        if (auto decoded = decode_extended(*extended))
            return base::plain_file_name(*decoded);
    }
    auto plain = find_parameter(disposition, "filename");
    if (!plain)
        return std::nullopt;
    return base::plain_file_name(unescape_name(*plain));
}

} // namespace

std::optional<PartHead> parse_part_head(std::string_view lines)
{
    while (!lines.empty()) {
        const auto end = std::min(lines.find("\r\n"), lines.size());
        const auto line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 2, lines.size()));
        const auto colon = std::min(line.find(':'), line.size());
        if (!equals_ignoring_case(line.substr(0, colon), "content-disposition"))
            continue;
        const auto value = trim_blanks(line.substr(std::min(colon + 1, line.size())));
        auto name = find_parameter(value, "name");
        if (!equals_ignoring_case(trim_blanks(value.substr(0, value.find(';'))), "form-data") || !name)
            return std::nullopt;
        return PartHead{unescape_name(*name), file_name(value)};
    }
    return std::nullopt;
}

} // namespace http
