#pragma once

#include <string>
#include <string_view>
#include <vector>

// Just enough understanding of C++ text to cut expressions out of a template: quotes and brackets, no grammar.
namespace template_compiler {

std::string_view trim(std::string_view text);

/// The offset of `terminator` outside quotes and brackets, or npos.
std::size_t find_outside_brackets(std::string_view text, std::string_view terminator);

/// Parts between top-level commas, trimmed; none for blank text.
std::vector<std::string> split_arguments(std::string_view text);

/// Whether `text` may name a function, variable or block: snake_case, no keyword.
bool is_identifier(std::string_view text);

/// `text` as a C++ string literal with its quotes.
std::string in_quotes(std::string_view text);

/// Removes a leading word and the blanks after it; returns the word.
std::string_view take_word(std::string_view& text);

/// Removes a leading string literal ("…" with \" \\ \n) and returns its content, in which a line's end reads as one
/// blank; throws TemplateError when there is none.
std::string take_string(std::string_view& text, int line);

} // namespace template_compiler
