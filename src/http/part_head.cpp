#include "base/text.hpp"
#include "base/url_encoding.hpp"
#include "base/utf8.hpp"
#include "http/fields.hpp"
#include "http/multipart.hpp"

#include <algorithm>
#include <array>

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

/// Characters that make a file name look like another one: direction marks and invisible blanks, in UTF-8.
constexpr std::array<std::string_view, 18> deceptive_characters = {"\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D",
    "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xA8", "\xE2\x80\xA9", "\xE2\x80\xAA", "\xE2\x80\xAB", "\xE2\x80\xAC",
    "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA7", "\xE2\x81\xA8", "\xE2\x81\xA9", "\xEF\xBB\xBF",
    "\xD8\x9C"};

/// The length of the character at the front that a file name must not show; 0 when it may.
std::size_t unwanted_length(std::string_view text)
{
    const auto byte = static_cast<unsigned char>(text.front());
    if (byte < 0x20 || byte == 0x7f)
        return 1;
    // The C1 control characters, U+0080 to U+009F.
    if (byte == 0xc2 && text.size() > 1 && static_cast<unsigned char>(text[1]) < 0xa0)
        return 2;
    for (const auto character : deceptive_characters) {
        if (text.starts_with(character))
            return character.size();
    }
    return 0;
}

std::string clean_file_name(std::string name)
{
    const std::string repaired = base::repair_utf8(std::move(name));
    std::string_view rest = repaired;
    rest.remove_prefix(std::min(rest.find_last_of("/\\") + 1, rest.size()));
    std::string cleaned;
    while (!rest.empty()) {
        const auto unwanted = unwanted_length(rest);
        cleaned += unwanted > 0 ? '_' : rest.front();
        rest.remove_prefix(std::max<std::size_t>(unwanted, 1));
    }
    return cleaned;
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
            return clean_file_name(std::move(*decoded));
    }
    auto plain = find_parameter(disposition, "filename");
    if (!plain)
        return std::nullopt;
    return clean_file_name(unescape_name(*plain));
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
