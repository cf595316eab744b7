#pragma once

#include "template_compiler/syntax_tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace template_compiler {

/// Reads what follows {% t %}: "Text with {name}" name=expr, other=expr, context="verb". Throws TemplateError when the
/// placeholders of the text and the arguments differ; those named in `parts` have their values elsewhere.
Message parse_message(std::string_view text, int line, const std::vector<std::string>& parts = {});

/// Reads what follows {% tn %}: "one" "many" n=count, other=expr; the first argument is the count.
Message parse_plural_message(std::string_view text, int line);

/// The names between braces, in order, each once. Throws TemplateError for an unclosed brace or a bad name.
std::vector<std::string> placeholders(std::string_view message, int line);

} // namespace template_compiler
