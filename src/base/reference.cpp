#include "base/reference.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace base {

namespace {

constexpr std::size_t most_words = 60;

std::optional<ServiceRequestId> id_of(std::string_view digits)
{
    const auto number = parse_integer(digits);
    return number && *number != 0 ? std::optional(ServiceRequestId{*number}) : std::nullopt;
}

/// What "sr42" refers to.
std::optional<ServiceRequestId> id_behind_letters(std::string_view word)
{
    return word.starts_with("sr") ? id_of(word.substr(2)) : std::nullopt;
}

void append(std::vector<ServiceRequestId>& ids, std::optional<ServiceRequestId> id)
{
    if (id && std::ranges::find(ids, *id) == ids.end()) {
        ids.push_back(*id);
    }
}

} // namespace

std::string reference(ServiceRequestId id)
{
    constexpr std::size_t least_digits = 5;
    const fmt::format_int digits(id.value);
    std::string text = "SR-";
    text.append(least_digits - std::min(least_digits, digits.size()), '0');
    return text.append(digits.data(), digits.size());
}

std::string spoken_reference(ServiceRequestId id)
{
    constexpr std::size_t group = 3;
    std::string digits = fmt::format("{}", id.value);
    for (std::size_t end = digits.size(); end > group; end -= group)
        digits.insert(end - group, 1, ' ');
    return "SR " + digits;
}

std::optional<ServiceRequestId> parse_reference(std::string_view text)
{
    const std::vector<std::string> found = words(text, 3);
    if (trim(text).starts_with('-')) {
        return std::nullopt;
    }
    if (found.size() == 2 && found.front() == "sr") {
        return id_of(found.back());
    }
    if (found.size() != 1) {
        return std::nullopt;
    }
    const auto id = id_behind_letters(found.front());
    return id ? id : id_of(found.front());
}

std::vector<ServiceRequestId> find_references(std::string_view text)
{
    std::vector<ServiceRequestId> ids;
    append(ids, parse_reference(text));
    const std::vector<std::string> found = words(text, most_words);
    for (std::size_t i = 0; i < found.size(); ++i) {
        append(ids, id_behind_letters(found[i]));
        if (found[i] == "sr" && i + 1 < found.size()) {
            append(ids, id_of(found[i + 1]));
        }
    }
    for (auto sign = text.find('#'); sign != std::string_view::npos; sign = text.find('#', sign + 1)) {
        const std::vector<std::string> next = words(text.substr(sign + 1), 1);
        append(ids, next.empty() ? std::nullopt : id_of(next.front()));
    }
    return ids;
}

} // namespace base
