#include "template_compiler/unit.hpp"

#include <algorithm>

namespace template_compiler {
namespace {

// "a_b" of "a/b/c".
std::string folder(std::string_view path)
{
    const auto slash = path.rfind('/');
    std::string name(path.substr(0, slash == std::string_view::npos ? 0 : slash));
    std::ranges::replace(name, '/', '_');
    // The one folder of ours that C++ keeps for itself.
    return name == "public" ? "public_" : name;
}

} // namespace

std::string function_name(std::string_view path)
{
    return std::string(path.substr(path.rfind('/') + 1));
}

std::string public_namespace(std::string_view path)
{
    const auto name = folder(path);
    return name.empty() ? "views" : "views::" + name;
}

std::string defining_namespace(std::string_view path)
{
    const auto name = folder(path);
    return name.empty() ? "compiled_views" : "compiled_views_" + name;
}

std::string_view suffix_of(Form form)
{
    return form == Form::Html ? ".html" : ".txt";
}

std::string unit_key(std::string_view path, Form form)
{
    return std::string(path) + std::string(suffix_of(form));
}

std::string_view output_class(Form form)
{
    return form == Form::Html ? "::web::Html" : "::i18n::PlainText";
}

std::string header_path(std::string_view path, Form form)
{
    return unit_key(path, form) + ".hpp";
}

} // namespace template_compiler
