#pragma once

// The drawing inside an icon's .svg file. All icons share one frame (24 by 24, stroked), which the page prints once
// for each; what differs is inside.

#include <string>
#include <string_view>

namespace asset_compiler {

struct Icon
{
    std::string name;  // "alert-triangle", the file's name
    std::string paths; // the markup between <svg …> and </svg>, without line breaks
};

/// The icon in the text of an .svg file; throws std::runtime_error naming the file when it is not in the common frame.
Icon parse_icon(std::string name, std::string_view svg);

/// The name as a C++ enumerator: "alert-triangle" becomes "alert_triangle".
std::string enumerator(std::string_view icon_name);

} // namespace asset_compiler
