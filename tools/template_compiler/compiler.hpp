#pragma once

#include <string>
#include <vector>

// Compiles HTML templates into C++ functions over web::Html, and texts (.txt) into functions over i18n::PlainText. It
// runs at build time only: which escaping a value needs, whether tags are balanced, blocks and messages exist and
// placeholders match is decided here, so that a page can only be wrong in what it says. What it refuses and the syntax
// are described in docs/templates.md.
namespace template_compiler {

struct File
{
    std::string path; // relative, with '/'
    std::string text;
};

struct Result
{
    /// Two a template, "x.html.hpp" and "x.html.cpp"; nothing when there are errors.
    std::vector<File> files;
    std::string pot;
    /// "templates/x.html:12: what is wrong; what to do", at most one a template.
    std::vector<std::string> errors;
};

/// `templates` are named relative to the root, e.g. "service_requests/show.html"; `root_name` ("templates") is only
/// used in messages and #line.
Result compile(const std::vector<File>& templates, const std::string& root_name);

} // namespace template_compiler
