#include "template_compiler/url_prefix.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>

namespace template_compiler {
namespace {

// As a browser sees it: lower case, without blanks, backslashes as slashes.
std::string normalised(std::string_view url)
{
    std::string result;
    for (const char c : url) {
        if (static_cast<unsigned char>(c) <= 0x20)
            continue;
        result += c == '\\' ? '/' : c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
    }
    return result;
}

UrlPart part_after_authority(std::string_view rest)
{
    return rest.find_first_of("/?#") == std::string_view::npos ? UrlPart::Host : UrlPart::Part;
}

} // namespace

UrlPart url_part_after(std::string_view literal_prefix)
{
    const auto url = normalised(literal_prefix);
    if (url.empty())
        return UrlPart::Whole;
    if (url == "/")
        return UrlPart::FirstPart;
    if (url.starts_with("//"))
        return part_after_authority(std::string_view(url).substr(2));
    const auto end = url.find_first_of(":/?#&");
    if (end == std::string::npos)
        return UrlPart::OpenPart;
    if (url[end] == '/' || url[end] == '?' || url[end] == '#')
        return UrlPart::Part;
    const auto scheme = url.substr(0, end);
    if (url[end] == ':' && (scheme == "mailto" || scheme == "tel"))
        return UrlPart::Address;
    if (url[end] == ':' && (scheme == "https" || scheme == "http"))
        return part_after_authority(url.substr(std::min(url.find_first_not_of('/', end + 1), url.size())));
    return UrlPart::Scheme;
}

UrlPart url_part_after(UrlPart part, char literal)
{
    const bool undecided = part == UrlPart::OpenPart || part == UrlPart::Uncertain || part == UrlPart::Whole;
    if (literal == ':' && undecided)
        throw std::invalid_argument(
            "a ':' here might complete a scheme such as javascript:; prepare the whole URL in C++");
    if (part == UrlPart::Scheme)
        return part;
    if (literal == '?' || literal == '#')
        return UrlPart::Part;
    if ((literal == '/' || literal == '\\') && (part == UrlPart::OpenPart || part == UrlPart::Host))
        return UrlPart::Part;
    return part;
}

UrlPart join_url_parts(UrlPart left, UrlPart right)
{
    const bool known_by_text = left == UrlPart::Whole || left == UrlPart::FirstPart;
    if (left == right && !known_by_text)
        return left;
    return left == UrlPart::Scheme || right == UrlPart::Scheme ? UrlPart::Scheme : UrlPart::Uncertain;
}

bool is_script_url(std::string_view literal)
{
    const auto url = normalised(literal);
    return url.starts_with("javascript:") || url.starts_with("vbscript:");
}

} // namespace template_compiler
