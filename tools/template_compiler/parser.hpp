#pragma once

#include "template_compiler/lexer.hpp"
#include "template_compiler/syntax_tree.hpp"

#include <string_view>

namespace template_compiler {

/// Reads a whole template file; throws TemplateError with the line of the mistake.
Template parse(std::string_view source, Blanks mode);

} // namespace template_compiler
