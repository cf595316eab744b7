#pragma once

#include <string_view>
#include <vector>

namespace template_compiler {

enum class TokenKind
{
    Literal,
    Print,
    Directive
};

/// A piece of the source it was cut from; Print and Directive hold what stands between their brackets, trimmed.
struct Token
{
    TokenKind kind = TokenKind::Literal;
    std::string_view text;
    int line = 0; // where `text` begins
};

/// Whether a directive or comment that stands alone on its line leaves an empty line behind. Nobody sees one in HTML.
/// What prints (t, tn, include) keeps its line.
enum class Blanks
{
    Kept,
    WithoutDirectiveLines
};

/// Cuts a template into tokens, without its {# comments #} and the blanks that {%- and -%} drop. The tokens refer to
/// `source`. Throws TemplateError.
std::vector<Token> tokenize(std::string_view source, Blanks mode);

} // namespace template_compiler
