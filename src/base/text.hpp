#pragma once

#include "base/translatable.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace base {

/// Without leading and trailing white space (ASCII and U+00A0).
std::string_view trim(std::string_view text);
/// True for well-formed UTF-8 without overlong forms and surrogates.
bool is_valid_utf8(std::string_view text);
/// Number of Unicode code points of well-formed UTF-8.
std::size_t count_code_points(std::string_view text);
/// The first `count` code points, never cutting one in half.
std::string_view first_code_points(std::string_view text, std::size_t count);
/// The text on one line, its white space (ASCII) as single blanks, at most `most` code points; "…" says that it is cut.
std::string excerpt(std::string_view text, std::size_t most);
/// True when a control character other than tab, CR and LF occurs.
bool has_control_characters(std::string_view text);
/// A file's name as a visitor may see it: without folders, malformed bytes, control and invisible characters.
std::string plain_file_name(std::string_view name);
/// A text of several lines as it was meant: every kind of line break (CRLF, CR, vertical tab, form feed, NEL, U+2028,
/// U+2029) is LF, tabs stay; other control characters, those that show letters in another order (U+202A to U+202E,
/// U+2066 to U+2069) and those that Unicode keeps free (U+FFFE, U+FFFF …) go, blanks at both ends too. Empty when
/// nothing in it can be seen.
std::string clean_text(std::string_view text);
/// As clean_text(), for one line: line breaks and tabs are blanks.
std::string clean_line(std::string_view text);
/// For comparing and searching: Unicode's case folding, and Latin letters as plain ASCII without accents ("Nuñez" ->
/// "nunez", "Straße" -> "strasse"); accents of other scripts are kept, composed (NFC), and so are malformed bytes.
std::string fold(std::string_view text);
/// The text with two letters for those that people also write so: "Müller" -> "Mueller", "Ærø" -> "Æroe". fold() drops
/// their accents; both spellings are searched for. The text itself when it has none of them.
std::string spelled_out(std::string_view text);
/// The text, followed by the spelled out one when that is another: what is stored for searching.
std::string in_both_spellings(std::string_view text);
/// The text without apostrophes of any kind: for searching, "O’Brien" is "obrien".
std::string without_apostrophes(std::string_view text);
/// Whether an apostrophe between letters is a part of the word, or ends it as well.
enum class Apostrophe : std::uint8_t
{
    Joins,
    /// Both readings are wanted: "obrien", "o", "brien".
    JoinsAndSplits
};
/// The words of a text: runs of letters and digits, folded; at most `limit` of them. "O'Brien" is "obrien", whichever
/// of the many apostrophes it has. Soft hyphens and what else is not seen end no word.
std::vector<std::string> words(std::string_view text, std::size_t limit, Apostrophe apostrophe = Apostrophe::Joins);
/// Whole decimal number without sign, blanks or overflow; empty otherwise.
std::optional<std::int64_t> parse_integer(std::string_view text);
/// "MD" for "Maria Delgado"; one letter for one word; "?" for nothing.
std::string initials(std::string_view name);
/// "1.8 MB", "640 KB", "12 bytes".
Text file_size(std::uint64_t bytes);
/// ASCII lower case.
std::string ascii_lower(std::string_view text);

} // namespace base
