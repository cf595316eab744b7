#pragma once

#include "http/request.hpp"

#include <cstdint>

namespace web {

/// When a visitor counts as coming over TLS: when the request says so, always (for a proxy that does not say it), or
/// never.
enum class SecureCookies : std::uint8_t
{
    Auto,
    Always,
    Never
};

/// The one place that decides whether cookies are named "__Host-" and marked Secure, and whether browsers are told to
/// use TLS only.
inline bool is_secure(const http::Request& request, SecureCookies wanted)
{
    return wanted == SecureCookies::Auto ? request.secure : wanted == SecureCookies::Always;
}

} // namespace web
