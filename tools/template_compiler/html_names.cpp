#include "template_compiler/html_names.hpp"

#include <algorithm>
#include <array>

namespace template_compiler {
namespace {

using Name = std::string_view;

bool contains(const auto& names, Name name)
{
    return std::ranges::find(names, name) != names.end();
}

constexpr std::array<Name, 13> void_elements{
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"};

constexpr std::array<Name, 10> refused_elements{
    "xmp", "plaintext", "noembed", "noframes", "style", "listing", "frame", "frameset", "applet", "base"};

constexpr std::array<Name, 10> textless_elements{
    "ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr", "select", "svg"};

constexpr std::array<Name, 12> url_attributes{"href", "src", "action", "formaction", "poster", "cite", "data", "ping",
    "xlink:href", "background", "manifest", "longdesc"};

constexpr std::array<Name, 7> unescapable_attributes{
    "srcdoc", "srcset", "imagesrcset", "http-equiv", "attributename", "sandbox", "integrity"};

} // namespace

bool is_void_element(Name element)
{
    return contains(void_elements, element);
}

bool is_refused_element(Name element)
{
    return contains(refused_elements, element);
}

bool is_rcdata_element(Name element)
{
    return element == "title" || element == "textarea";
}

bool is_preformatted_element(Name element)
{
    return element == "pre" || element == "textarea";
}

bool is_textless_element(Name element)
{
    return contains(textless_elements, element);
}

bool is_url_attribute(Name attribute)
{
    if (contains(url_attributes, attribute))
        return true;
    const bool ends_like_url =
        attribute.ends_with("-url") || attribute.ends_with("-href") || attribute.ends_with("-src");
    return attribute.starts_with("data-") && ends_like_url;
}

bool is_unescapable_attribute(Name attribute)
{
    return contains(unescapable_attributes, attribute);
}

} // namespace template_compiler
