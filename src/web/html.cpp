#include "web/html.hpp"

#include "base/url_encoding.hpp"

#include <algorithm>
#include <array>

namespace web {
namespace {

constexpr std::string_view view_box = R"( viewBox="0 0 24 24")";

constexpr std::string_view entity(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&#34;";
    case '\'':
        return "&#39;";
    default:
        return {};
    }
}

constexpr auto make_escape_table()
{
    std::array<bool, 256> table{};
    for (const char c : {'&', '<', '>', '"', '\''})
        table[static_cast<unsigned char>(c)] = true;
    return table;
}

constexpr auto needs_escape = make_escape_table();

/// Whether one of `Count` characters needs escaping; without branches, so that the compiler looks at all at once.
/// Two comparisons find two characters each: those of a pair differ in one bit.
template <std::ptrdiff_t Count>
bool has_special(const char* at)
{
    static_assert(('&' | 1) == '\'' && ('<' | 2) == '>');
    unsigned char found = 0;
    for (std::ptrdiff_t i = 0; i < Count; ++i)
        found |= static_cast<unsigned char>((at[i] | 1) == '\'') | static_cast<unsigned char>((at[i] | 2) == '>') |
                 static_cast<unsigned char>(at[i] == '"');
    return found != 0;
}

/// Whether [begin, end) needs no escaping: most texts do not. The last look overlaps the one before.
bool is_plain(const char* begin, const char* end)
{
    const auto is_plain_by = [&]<std::ptrdiff_t Count>(std::integral_constant<std::ptrdiff_t, Count>) {
        for (const char* at = begin; end - at >= Count; at += Count) {
            if (has_special<Count>(at))
                return false;
        }
        return !has_special<Count>(end - Count);
    };
    if (end - begin >= 16)
        return is_plain_by(std::integral_constant<std::ptrdiff_t, 16>());
    if (end - begin >= 8)
        return is_plain_by(std::integral_constant<std::ptrdiff_t, 8>());
    return std::none_of(begin, end, [](char c) { return needs_escape[static_cast<unsigned char>(c)]; });
}

/// The first character of [at, end) that needs escaping; `end` when none does.
const char* find_special(const char* at, const char* end)
{
    while (end - at >= 16 && !has_special<16>(at))
        at += 16;
    return std::find_if(at, end, [](char c) { return needs_escape[static_cast<unsigned char>(c)]; });
}

constexpr bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

// Browsers drop tabs and newlines anywhere and trim spaces and control characters, so "java\nscript:" would run.
bool has_ignored_character(std::string_view url)
{
    return std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }) ||
           url.starts_with(' ');
}

bool equals_ignoring_case(std::string_view left, std::string_view right)
{
    return std::ranges::equal(left, right,
        [](char a, char b) { return a == b || (is_letter(a) && is_letter(b) && (a | 0x20) == (b | 0x20)); });
}

bool is_allowed_scheme(std::string_view scheme)
{
    return std::ranges::any_of(std::array<std::string_view, 4>{"https", "http", "mailto", "tel"},
        [&](std::string_view allowed) { return equals_ignoring_case(scheme, allowed); });
}

// Browsers read a backslash as a slash, so "/\host" leaves the site like "//host" does.
bool names_another_host(std::string_view url)
{
    const auto is_slash = [](char c) { return c == '/' || c == '\\'; };
    return url.starts_with('\\') || (url.size() > 1 && is_slash(url[0]) && is_slash(url[1]));
}

bool is_allowed_url(std::string_view url)
{
    if (has_ignored_character(url) || names_another_host(url))
        return false;
    const auto scheme_end = url.find_first_of(":/?#");
    if (scheme_end == std::string_view::npos || url[scheme_end] != ':')
        return true;
    return is_allowed_scheme(url.substr(0, scheme_end));
}

std::string_view size_class(IconSize size)
{
    switch (size) {
    case IconSize::Small:
        return "i i--s";
    case IconSize::Large:
        return "i i--l";
    case IconSize::Normal:
        break;
    }
    return "i";
}

} // namespace

void Html::sentence(const base::Text& text)
{
    constexpr std::string_view letters = "SR-";
    const std::string said = text.say(environment_);
    std::string_view rest = said;
    for (auto at = rest.find(letters); at != std::string_view::npos; at = rest.find(letters)) {
        const auto end = std::min(rest.find_first_not_of("0123456789", at + letters.size()), rest.size());
        const bool is_reference = end > at + letters.size();
        escape(rest.substr(0, at));
        buffer_.append(is_reference ? "<span class=\"ref\">" : "");
        escape(rest.substr(at, end - at));
        buffer_.append(is_reference ? "</span>" : "");
        rest.remove_prefix(end);
    }
    escape(rest);
}

void Html::escape(std::string_view plain)
{
    const char* written = plain.data();
    const char* const end = written + plain.size();
    if (is_plain(written, end)) {
        buffer_.append(plain);
        return;
    }
    for (const char* at = find_special(written, end); at != end; at = find_special(written, end)) {
        buffer_.append(written, at);
        buffer_.append(entity(*at));
        written = at + 1;
    }
    buffer_.append(written, end);
}

void Html::filter_url(std::string_view url)
{
    if (!is_allowed_url(url)) {
        buffer_.append("#blocked");
        return;
    }
    const char* written = url.data();
    const char* const end = written + url.size();
    for (const char* at = written; at != end; ++at) {
        const bool is_encoded = *at == '\\' || *at == ' ';
        if (!is_encoded && !needs_escape[static_cast<unsigned char>(*at)])
            continue;
        buffer_.append(written, at);
        buffer_.append(is_encoded ? std::string_view(*at == ' ' ? "%20" : "%5C") : entity(*at));
        written = at + 1;
    }
    buffer_.append(written, end);
}

void Html::percent_encode(std::string_view plain, std::string_view also_kept)
{
    base::append_percent_encoded(buffer_, plain, also_kept);
}

void Html::icon(assets::Icon icon, IconSize size)
{
    raw(R"(<svg class=")");
    raw(size_class(size));
    raw(R"(" width="20" height="20")");
    if (mode_ == HtmlMode::Fragment)
        raw(view_box);
    raw(R"( aria-hidden="true">)");
    if (mode_ == HtmlMode::Fragment) {
        raw(environment_.icon_paths(icon));
    } else {
        used_icons_.set(static_cast<std::uint8_t>(icon));
        raw(R"(<use href="#i-)");
        raw(environment_.icon_name(icon));
        raw(R"("/>)");
    }
    raw("</svg>");
}

void Html::icon_symbols()
{
    if (used_icons_.none())
        return;
    raw(R"(<svg hidden aria-hidden="true">)");
    for (std::size_t index = 0; index < used_icons_.size(); ++index) {
        if (!used_icons_.test(index))
            continue;
        const auto icon = static_cast<assets::Icon>(index);
        raw(R"(<symbol id="i-)");
        raw(environment_.icon_name(icon));
        raw("\"");
        raw(view_box);
        raw(">");
        raw(environment_.icon_paths(icon));
        raw("</symbol>");
    }
    raw("</svg>");
    used_icons_.reset();
}

} // namespace web
