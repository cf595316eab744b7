#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

/// Names and values of a form or a query, in order.
using FormFields = std::vector<std::pair<std::string, std::string>>;

/// Encode everything as %XX but unreserved characters (RFC 3986) and those in `also_kept`.
std::string percent_encode(std::string_view text, std::string_view also_kept = {});
/// Append the same to `out`.
void append_percent_encoded(std::string& out, std::string_view text, std::string_view also_kept = {});
/// Decode %XX once ("+" stays); empty when a "%" is not followed by two hexadecimal digits.
std::optional<std::string> percent_decode(std::string_view text);
/// Decode %XX once ("+" stays). Never fails: a stray "%" stays as typed.
std::string percent_decode_leniently(std::string_view text);
/// Encode as "a=1&b=2"; a blank becomes "%20".
std::string encode_form(const FormFields& fields);
/// Decode "a=1&b=2" with "+" as a blank. A stray "%" stays as typed; malformed UTF-8 and NUL become U+FFFD. Never
/// fails; stops after `limit` fields.
FormFields decode_form(std::string_view text, std::size_t limit = std::numeric_limits<std::size_t>::max());

} // namespace base
