#pragma once

#include <string>
#include <string_view>

namespace pages::desk {

/// Append one cell, quoted where RFC 4180 requires it. A text that a spreadsheet would read as a formula (= + - @ TAB
/// CR, also full-width, also behind blanks or quotes) gets a leading apostrophe (CWE-1236).
void add_cell(std::string& csv, std::string_view text);

} // namespace pages::desk
