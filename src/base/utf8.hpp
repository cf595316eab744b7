#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace base {

/// One code point and the bytes it takes.
struct CodePoint
{
    char32_t value = 0;
    std::size_t length = 0;
};

/// The first code point of the text; length 0 when the text is empty or does not begin with well-formed UTF-8.
CodePoint decode_utf8(std::string_view text);
/// Appends a code point (not a surrogate, at most U+10FFFF) as UTF-8.
void append_utf8(std::string& out, char32_t code_point);
/// True for C0 and C1 control characters and DEL; terminals obey all of them.
bool is_control(char32_t code_point);
/// True for letters and digits of any script, not for accents that are code points of their own.
bool is_letter_or_digit(char32_t code_point);
/// True for blanks of any width, such as U+00A0 and U+3000.
bool is_space(char32_t code_point);
/// True for characters that take no room, break a line or turn the reading order, so that a text can look like another
/// one ("gpj.exe" like "exe.jpg"). Emoji join with some of them.
bool is_invisible(char32_t code_point);
/// True when every byte is ASCII.
bool is_ascii(std::string_view text);
/// The text with accents composed (Unicode's NFC), so that both spellings of "é" are one, or also with compatibility
/// letters such as full-width ones made plain (NFKC). Text that is not well-formed stays as it is.
std::string nfc(std::string_view text);
std::string nfkc(std::string_view text);
/// The other spelling: accents taken apart (NFD).
std::string nfd(std::string_view text);
/// A name as it is compared: NFKC, without invisible characters and without blanks at both ends.
std::string plain_name(std::string_view text);
/// The same without regard to case ("MEI" and "mei", "Straße" and "STRASSE" are one): Unicode's case folding.
std::string caseless_name(std::string_view text);
/// A direction embedding, override or isolate, or the end of one: it acts beyond its text, and shows "42" as "24".
/// Marks that only help to order a text (U+200E, U+200F, U+061C) are none of these.
bool is_direction_control(char32_t c);
/// True when the text has letters that are read from right to left, or characters that turn the reading order: beside
/// other words it would move them.
bool turns_direction(std::string_view text);
/// Such a text between Unicode's isolates (FSI and PDI), without its own direction marks, for where no markup can be.
/// Any other text as it is.
std::string isolated(std::string_view text);
/// The text with every malformed byte replaced by U+FFFD, and without every NUL.
std::string repair_utf8(std::string text);

} // namespace base
