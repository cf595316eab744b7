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

/// What a template writes: a page with escaping, or the plain text of a mail (a file that ends with .txt).
enum class Form
{
    Html,
    PlainText
};

/// One template on its way from file to C++.
struct Unit
{
    std::string path; // "service_requests/show"
    Form form = Form::Html;
    std::string file; // "templates/customer/show.html", for messages and #line
    Template tree;
    bool is_extended = false;
    /// Own and inherited; known once the unit is generated.
    std::map<std::string, BlockPlace> blocks;
    std::string header;
    std::string source;
};

/// By unit_key().
using Units = std::map<std::string, Unit>;

/// ".html" or ".txt".
std::string_view suffix_of(Form form);
/// What names a template among all: a page and a text may have the same path.
std::string unit_key(std::string_view path, Form form);
/// The class that its function writes into.
std::string_view output_class(Form form);

/// "show" of "service_requests/show".
std::string function_name(std::string_view path);

/// "views::service_requests" of "service_requests/show"; "views" of a template in the top folder.
std::string public_namespace(std::string_view path);

/// The namespace the function is defined in. It is flat and found nowhere else, because inside views::service_requests
/// a template's own `service_requests::ShowView` would be looked up in the wrong service_requests.
std::string defining_namespace(std::string_view path);

/// "service_requests/show.html.hpp".
std::string header_path(std::string_view path, Form form);

} // namespace template_compiler
