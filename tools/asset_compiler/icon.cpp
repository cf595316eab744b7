#include "asset_compiler/icon.hpp"

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

namespace asset_compiler {

namespace {

constexpr std::string_view frame =
    R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" )"
    R"(stroke="currentColor" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round">)";

std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    const auto first = text.find_first_not_of(space);
    return first == std::string_view::npos ? "" : text.substr(first, text.find_last_not_of(space) - first + 1);
}

std::string without_line_breaks(std::string_view markup)
{
    std::string out;
    while (!markup.empty()) {
        const auto line = markup.substr(0, markup.find('\n'));
        out += trimmed(line);
        markup.remove_prefix(std::min(line.size() + 1, markup.size()));
    }
    return out;
}

} // namespace

Icon parse_icon(std::string name, std::string_view svg)
{
    constexpr std::string_view end = "</svg>";
    svg = trimmed(svg);
    if (!svg.starts_with(frame) || !svg.ends_with(end)) {
        throw std::runtime_error{name + ".svg: an icon begins with " + std::string{frame} + " and ends with </svg>"};
    }
    svg.remove_prefix(frame.size());
    svg.remove_suffix(end.size());
    return {.name = std::move(name), .paths = without_line_breaks(svg)};
}

std::string enumerator(std::string_view icon_name)
{
    std::string out{icon_name};
    std::ranges::replace(out, '-', '_');
    const bool is_identifier =
        !out.empty() && std::isalpha(static_cast<unsigned char>(out.front())) != 0 &&
        std::ranges::all_of(out, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
    if (!is_identifier) {
        throw std::runtime_error{std::string{icon_name} + ".svg: an icon's name is letters, digits and dashes"};
    }
    return out;
}

} // namespace asset_compiler
