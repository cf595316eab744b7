#pragma once

#include <string_view>

// What the HTML standard says about element and attribute names, as far as escaping and nesting depend on it.
namespace template_compiler {

/// Elements without content and without an end tag.
bool is_void_element(std::string_view element);

/// Elements whose content browsers do not parse as HTML and that pages here have no use for.
bool is_refused_element(std::string_view element);

/// <title> and <textarea>: text with entities but without tags.
bool is_rcdata_element(std::string_view element);

/// Whitespace is significant inside.
bool is_preformatted_element(std::string_view element);

/// Elements that hold only other elements, so that whitespace between those never shows.
bool is_textless_element(std::string_view element);

/// Attributes whose value is one URL, including data-…-url, data-…-href and data-…-src read by our scripts.
bool is_url_attribute(std::string_view attribute);

/// Attributes whose dynamic value would be code, markup or a list of URLs.
bool is_unescapable_attribute(std::string_view attribute);

} // namespace template_compiler
