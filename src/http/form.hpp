#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Decodes %XX once; empty when a "%" is not followed by two hexadecimal digits.
std::optional<std::string> decode_percent(std::string_view text);
/// Decodes "a=1&b=2" with "+" as a blank. A stray "%" stays as typed. Never fails; stops after `limit` fields.
FormFields decode_form(std::string_view text, std::size_t limit);
/// The text with every malformed UTF-8 sequence and every NUL replaced by U+FFFD.
std::string repair_utf8(std::string text);

} // namespace http
