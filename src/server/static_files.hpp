#pragma once

#include "http/request.hpp"
#include "http/response.hpp"

#include <string_view>

namespace server {

inline constexpr std::string_view static_prefix = "/static/";

/// A file built into the binary, in the best form the client takes (brotli, gzip, plain), cacheable for ever because
/// its name carries its hash; 304 for a known ETag; 404 otherwise. Never waits.
http::Response static_file(const http::Request& request);

} // namespace server
