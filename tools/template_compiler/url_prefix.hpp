#pragma once

#include <string_view>

namespace template_compiler {

/// Where in a URL a dynamic value would stand, judged by the literal text before it.
enum class UrlPart
{
    Whole,     // nothing before it: the value is the URL
    FirstPart, // directly after the leading "/"
    OpenPart,  // in a relative path whose first segment a following ':' would turn into a scheme
    Part,      // in a path, query or fragment
    Address,   // after mailto: or tel:
    Host,      // in the name of a server: refused
    Scheme,    // after a scheme that runs code or is unknown: refused
    Uncertain, // depends on a branch: refused
};

UrlPart url_part_after(std::string_view literal_prefix);

/// The part after one more literal character, when the text before it is no longer known in full.
/// Throws std::invalid_argument when a ':' might complete a scheme.
UrlPart url_part_after(UrlPart part, char literal);

/// The part when either of two branches with different text may have been taken.
UrlPart join_url_parts(UrlPart left, UrlPart right);

/// Whether a wholly literal URL runs code (javascript:, vbscript:).
bool is_script_url(std::string_view literal);

} // namespace template_compiler
