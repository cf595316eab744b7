#include "http/answer/range.hpp"

#include "http/fields.hpp"

#include <algorithm>
#include <charconv>
#include <optional>

namespace http {

namespace {

std::optional<std::uint64_t> parse_position(std::string_view text)
{
    std::uint64_t position = 0;
    if (text.empty() || text.size() > 18 || text.find_first_not_of("0123456789") != std::string_view::npos)
        return std::nullopt;
    std::from_chars(text.data(), text.data() + text.size(), position);
    return position;
}

std::string_view without_weakness(std::string_view tag)
{
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

RangeAnswer part(std::uint64_t first, std::uint64_t length)
{
    return {RangeAnswer::Kind::Part, first, length};
}

} // namespace

RangeAnswer read_range(std::string_view range, std::uint64_t size)
{
    const RangeAnswer whole{RangeAnswer::Kind::Whole, 0, size};
    constexpr std::string_view unit = "bytes=";
    if (!equals_ignoring_case(range.substr(0, unit.size()), unit))
        return whole;
    range.remove_prefix(unit.size());
    const auto dash = range.find('-');
    if (dash == std::string_view::npos || range.find(',') != std::string_view::npos)
        return whole;
    const auto first_text = trim_blanks(range.substr(0, dash));
    const auto last_text = trim_blanks(range.substr(dash + 1));
    const auto first = parse_position(first_text);
    const auto last = parse_position(last_text);
    if ((!first && !first_text.empty()) || (!last && !last_text.empty()) || (!first && !last))
        return whole;
    if (!first)
        return *last == 0 || size == 0 ? RangeAnswer{RangeAnswer::Kind::Unsatisfiable, 0, 0}
                                       : part(size - std::min(*last, size), std::min(*last, size));
    if (last && *last < *first)
        return whole;
    if (*first >= size)
        return {RangeAnswer::Kind::Unsatisfiable, 0, 0};
    return part(*first, std::min(last.value_or(size - 1), size - 1) - *first + 1);
}

bool matches_any_tag(std::string_view if_none_match, std::string_view etag)
{
    while (!if_none_match.empty()) {
        const auto tag = take_element(if_none_match);
        if (tag == "*" || without_weakness(tag) == without_weakness(etag))
            return true;
    }
    return false;
}

bool allows_range(std::string_view if_range, std::string_view etag)
{
    return if_range.empty() || (if_range == etag && !etag.starts_with("W/"));
}

} // namespace http
