#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace http {

/// Compare without regard to the case of ASCII letters.
bool equals_ignoring_case(std::string_view a, std::string_view b);
/// Remove the spaces and tabs at both ends.
std::string_view trim_blanks(std::string_view text);
/// Take the text before the next separator off the list, without blanks; takes all of it when there is no separator.
std::string_view take_element(std::string_view& list, char separator = ',');
/// The value of `; name=value` or `; name="value"` in a header field, unquoted; empty optional when it is not there.
std::optional<std::string> find_parameter(std::string_view field_value, std::string_view name);
/// True for a token of RFC 9110 section 5.6.2, as field names are.
bool is_token(std::string_view text);
/// False when a CR, LF or NUL would let a value break out of its line.
bool is_field_value(std::string_view text);

/// A value as the log shows it: at most 200 characters, each that is no printable ASCII as "?".
std::string shown_value(std::string_view value);

} // namespace http
