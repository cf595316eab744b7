#include "http/head/target.hpp"

#include "base/text.hpp"
#include "http/head/guard.hpp"

#include <algorithm>

namespace http {

namespace {

constexpr std::size_t query_field_limit = 500;

bool is_control(char letter)
{
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
}

bool is_plain_ascii(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char letter) { return letter > 0x20 && letter < 0x7f; });
}

bool has_dot_segment(std::string_view path)
{
    while (!path.empty()) {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        const auto segment = path.substr(0, end);
        if (segment == "." || segment == "..")
            return true;
        path.remove_prefix(end);
    }
    return false;
}

bool is_sound_path(const std::string& path)
{
    if (path.size() > 1 && (path[1] == '/' || path[1] == '\\'))
        return false;
    return base::is_valid_utf8(path) && std::none_of(path.begin(), path.end(), is_control) && !has_dot_segment(path);
}

bool is_sound_query(std::string_view query)
{
    // A stray "%" is the visitor's typing ("100%"); bytes that are no text are not.
    const std::string decoded = base::percent_decode_leniently(query);
    return base::is_valid_utf8(decoded) && decoded.find('\0') == std::string::npos;
}

} // namespace

std::optional<Target> parse_target(std::string_view target)
{
    if (target.empty() || target.front() != '/' || target.size() > head_limit)
        return std::nullopt;
    if (!is_plain_ascii(target) || target.find('#') != std::string_view::npos)
        return std::nullopt;
    const auto mark = std::min(target.find('?'), target.size());
    auto path = base::percent_decode(target.substr(0, mark));
    const auto query = target.substr(std::min(mark + 1, target.size()));
    if (!path || !is_sound_path(*path) || !is_sound_query(query))
        return std::nullopt;
    return Target{std::move(*path), base::decode_form(query, query_field_limit)};
}

} // namespace http
