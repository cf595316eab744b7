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

/// Cuts a template into tokens, without its {# comments #} and the blanks that {%- and -%} drop. The tokens refer to
/// `source`. Throws TemplateError.
std::vector<Token> tokenize(std::string_view source);

} // namespace template_compiler
