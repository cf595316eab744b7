#pragma once
// server/arrival/ finds out from a request's header fields who sent it: the page of which site, through which proxies.
// It knows no session.

#include "http/request.hpp"

#include <cstdint>

namespace server {

/// Where the page is from that sent a form.
enum class Sender : std::uint8_t
{
    ThisSite,
    AnotherSite,
    Unsaid
};

/// What the browser says about itself counts first. Old browsers send neither Sec-Fetch-Site nor Origin.
Sender sender_of(const http::Request& request);

} // namespace server
