#pragma once

#include "http/request.hpp"

#include <string>

namespace http {

/// The id under which log and answer name a request: the X-Request-Id of a trusted proxy when it has 1 to 64 letters,
/// digits, dots, underscores and hyphens, otherwise a new one. From then on it is the request's field x-request-id,
/// whatever a client sent there.
std::string settle_request_id(Request& request, bool is_from_trusted_proxy);
/// A new one, for what cannot be read: eight letters, digits, underscores and hyphens.
std::string new_request_id();

} // namespace http
