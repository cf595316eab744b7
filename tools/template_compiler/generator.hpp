#pragma once

#include "template_compiler/message_table.hpp"
#include "template_compiler/unit.hpp"

namespace template_compiler {

/// Decides the escaping of `unit` and fills its blocks, header and source. Its layout must have been generated before.
/// Throws TemplateError.
void generate(Unit& unit, const Units& units, MessageTable& messages);

} // namespace template_compiler
