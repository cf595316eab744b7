#pragma once
// Web addresses in what people write.

#include <string_view>
#include <vector>

namespace web {

/// A piece of a text as it was typed.
struct TextPart
{
    std::string_view text;
    /// A web address: the whole piece.
    bool is_link = false;
};

/// Split a text at its web addresses, which begin with http:// or https:// and name a host. A full stop, a bracket or a
/// quotation mark after one is not part of it. One with a user name ("https://bank.example@evil.example") is no link:
/// people would read the wrong host. The parts are of `text`, in order, and are its whole.
std::vector<TextPart> split_links(std::string_view text);

} // namespace web
