#pragma once

#include <string>
#include <string_view>

namespace pages::desk {

/// Append one cell, always quoted (RFC 4180). What a spreadsheet would read as a formula (= + - @ TAB CR, also
/// full-width, also behind blanks or quotes) gets an apostrophe before it (CWE-1236): at the start of the text, and
/// where another separator, such as the semicolon, would start a cell.
void add_cell(std::string& csv, std::string_view text);

} // namespace pages::desk
