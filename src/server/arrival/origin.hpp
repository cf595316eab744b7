#pragma once
// server/arrival/ finds out from a request's header fields who sent it: the page of which site, through which proxies.
// It knows no session.

#include "http/request.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace server {

/// Read "https://gas.example" or "http://gas.example:8080": the same in lower case and without the scheme's own port,
/// so that equal origins are equal texts. Empty for anything else, also when a path or a slash follows.
std::optional<std::string> parse_origin(std::string_view text);

/// Where the page is from that sent a form.
enum class Sender : std::uint8_t
{
    ThisSite,
    AnotherSite,
    Unsaid
};

/// What the browser says about itself counts first: Sec-Fetch-Site, then Origin, which must be the site that Host names
/// or one of `trusted_origins` (as parse_origin() makes them). Old browsers send neither.
Sender sender_of(const http::Request& request, const std::vector<std::string>& trusted_origins);

/// Say for the log what sender_of() read.
std::string shown_sender(const http::Request& request);

} // namespace server
