#pragma once
// How compiled templates print words that may be read from right to left, or that turn the reading order: so that they
// do not move what is beside them. All other words are printed as they are.

#include "base/utf8.hpp"
#include "web/html.hpp"

namespace web {

/// Print a value in element content, in a <bdi> when it turns the reading order. A base::Text isolates its words
/// itself.
template <class T>
void text(Html& out, const T& value)
{
    if constexpr (std::same_as<T, base::Text>)
        out.sentence(value);
    else if constexpr (std::is_convertible_v<const T&, std::string_view>) {
        const bool needs_bdi = base::turns_direction(static_cast<std::string_view>(value));
        out.raw(needs_bdi ? "<bdi>" : "");
        out.text(value);
        out.raw(needs_bdi ? "</bdi>" : "");
    } else if constexpr (detail::HasToText<T>)
        text(out, to_text(value));
    else
        out.text(value);
}

/// Print a value where no markup can be, between Unicode's isolates when it turns the reading order.
template <class T>
void isolated_text(Html& out, const T& value)
{
    if constexpr (std::is_convertible_v<const T&, std::string_view>)
        out.text(base::isolated(static_cast<std::string_view>(value)));
    else
        out.text(value);
}

} // namespace web
