#include "web/links.hpp"

#include "base/utf8.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace web {

namespace {

constexpr std::array<std::string_view, 2> schemes = {"https://", "http://"};
// With these a sentence goes on: ASCII that no web address contains, quotation marks and ellipses, and the full stops
// and brackets of scripts without blanks.
constexpr std::u32string_view ends =
    U"<>\"`\\|^\u00AB\u00BB\u2018\u2019\u201C\u201D\u201E\u2026\u3001\u3002\u300C\u300D\uFF01\uFF08\uFF09\uFF0C";
constexpr std::string_view trailing = ".,;:!?'*_~([{";

bool is_letter_or_digit(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

bool begins_with(std::string_view text, std::string_view lower)
{
    return text.size() >= lower.size() && std::equal(lower.begin(), lower.end(), text.begin(), [](char wanted, char c) {
        return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
    });
}

std::size_t length_of_scheme(std::string_view text)
{
    for (const std::string_view scheme : schemes) {
        if (begins_with(text, scheme))
            return scheme.size();
    }
    return 0;
}

// Nothing invisible or from the sentence around it becomes part of a link.
bool is_end(char32_t c)
{
    return base::is_control(c) || base::is_space(c) || base::is_invisible(c) ||
           ends.find(c) != std::u32string_view::npos;
}

std::size_t length_until_end(std::string_view rest)
{
    std::size_t length = 0;
    while (length < rest.size()) {
        const auto [c, bytes] = base::decode_utf8(rest.substr(length));
        if (bytes == 0 || is_end(c))
            break;
        length += bytes;
    }
    return length;
}

/// Whether a bracket at the end closes one inside: "https://a.example/Gas_(fuel)".
bool closes_own(std::string_view address)
{
    const char closing = address.back();
    const char opening = closing == ')' ? '(' : closing == ']' ? '[' : '{';
    return std::ranges::count(address, opening) >= std::ranges::count(address, closing);
}

std::string_view without_trailing(std::string_view address)
{
    while (!address.empty()) {
        const char last = address.back();
        const bool is_bracket = last == ')' || last == ']' || last == '}';
        if (trailing.find(last) == std::string_view::npos && (!is_bracket || closes_own(address)))
            break;
        address.remove_suffix(1);
    }
    return address;
}

bool names_host(std::string_view after_scheme)
{
    const std::string_view authority = after_scheme.substr(0, after_scheme.find_first_of("/?#"));
    if (authority.empty() || authority.find('@') != std::string_view::npos)
        return false;
    const char first = authority.front();
    return is_letter_or_digit(first) || first == '[' || static_cast<unsigned char>(first) >= 0x80;
}

/// The web address at the beginning of `rest`; empty for none.
std::string_view address_at(std::string_view rest)
{
    const std::size_t scheme = length_of_scheme(rest);
    if (scheme == 0)
        return {};
    const std::string_view address = without_trailing(rest.substr(0, length_until_end(rest)));
    return address.size() > scheme && names_host(address.substr(scheme)) ? address : std::string_view();
}

} // namespace

std::vector<TextPart> split_links(std::string_view text)
{
    std::vector<TextPart> parts;
    std::size_t from = 0;
    for (std::size_t at = 0; at < text.size();) {
        const bool may_begin = (text[at] | 0x20) == 'h' && (at == 0 || !is_letter_or_digit(text[at - 1]));
        const std::string_view address = may_begin ? address_at(text.substr(at)) : std::string_view();
        if (address.empty()) {
            ++at;
            continue;
        }
        if (at > from)
            parts.push_back({text.substr(from, at - from), false});
        parts.push_back({address, true});
        at += address.size();
        from = at;
    }
    if (from < text.size() || parts.empty())
        parts.push_back({text.substr(from), false});
    return parts;
}

} // namespace web
