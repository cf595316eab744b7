#pragma once

#include "http/head/addresses.hpp"
#include "http/request.hpp"

#include <optional>
#include <string_view>

namespace http {

/// Read an element of X-Forwarded-For: an address, also with a port ("203.0.113.7:51515", "[2001:db8::7]:443"). Empty
/// when it is none of these, as "unknown" and "_hidden" are.
std::optional<Address> parse_forwarded_address(std::string_view text);

/// Find out who sent a request of `peer`, and set its `forwarding`. From a trusted proxy X-Forwarded-Proto counts, and
/// remote_address becomes the last address in X-Forwarded-For that is not itself a trusted proxy. Otherwise
/// remote_address stays as it is.
void apply_forwarding(Request& request, const Address& peer, const NetworkList& trusted_proxies);

} // namespace http
