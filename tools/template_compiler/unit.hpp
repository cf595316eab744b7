#pragma once

#include "template_compiler/html_context.hpp"
#include "template_compiler/syntax_tree.hpp"

#include <map>
#include <string>
#include <string_view>

namespace template_compiler {

/// A block that extending templates may fill, and the place in the HTML where it stands.
struct BlockPlace
{
    int line = 0;
    HtmlContext start;
};

/// One template on its way from file to C++.
struct Unit
{
    std::string path; // "service_requests/show"
    std::string file; // "templates/customer/show.html", for messages and #line
    Template tree;
    bool is_extended = false;
    /// Own and inherited; known once the unit is generated.
    std::map<std::string, BlockPlace> blocks;
    std::string header;
    std::string source;
};

using Units = std::map<std::string, Unit>;

/// "show" of "service_requests/show".
std::string function_name(std::string_view path);

/// "views::service_requests" of "service_requests/show"; "views" of a template in the top folder.
std::string public_namespace(std::string_view path);

/// The namespace the function is defined in. It is flat and found nowhere else, because inside views::service_requests
/// a template's own `service_requests::ShowView` would be looked up in the wrong service_requests.
std::string defining_namespace(std::string_view path);

/// "service_requests/show.html.hpp".
std::string header_path(std::string_view path);

} // namespace template_compiler
