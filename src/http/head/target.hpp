#pragma once

#include "base/url_encoding.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace http {

/// The two halves of a request target, decoded.
struct Target
{
    std::string path;
    base::FormFields query;
};

/// Decode an origin-form target once; empty when it is in another form, malformed, not UTF-8, or when its path has
/// control characters, "." or ".." segments, or two slashes in front (which a browser would read as another host).
std::optional<Target> parse_target(std::string_view target);

} // namespace http
