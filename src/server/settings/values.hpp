#pragma once
// Values of settings as they are written. Each function throws UsageError saying what is wrong.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// One line of plain text, without blanks around it; not empty.
std::string checked_text(std::string_view text);
/// checked_text() without blanks and letters outside of ASCII.
std::string checked_word(std::string_view text);
/// The text of a small file that is named by `text`, as a checked_word().
std::string secret_in_file(std::string_view text);
/// A whole number between these.
unsigned checked_number(std::string_view text, unsigned least, unsigned most);
/// "on", "true", "yes" and "1", or "off", "false", "no" and "0".
bool checked_switch(std::string_view text);
/// The place of the word among these, in any case.
std::size_t checked_choice(std::string_view text, const std::vector<std::string_view>& words);
/// What stands between commas, without blanks; throws nothing.
std::vector<std::string> list_items(std::string_view text);
/// IP addresses and networks between commas.
std::vector<std::string> checked_networks(std::string_view text);
/// "1-800-555-0199" → "+18005550199"; "911" stays. Throws nothing.
std::string dialled_number(std::string_view phone);

} // namespace server
