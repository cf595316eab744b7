#pragma once

#include "sign_in/throttle.hpp"
#include "web/context.hpp"

#include <string_view>

namespace pages::shared {

/// The cookie of a known device (sign_in/known_device.hpp).
inline constexpr std::string_view device_cookie = "gu_device";

/// Begin an attempt to show that the visitor is `username`: by whom and from where. Throws base::TooManyAttempts when
/// this browser or network began too many at once, before any work is done for it.
sign_in::SignInAttempt begin_attempt(const web::Context& ctx, std::string_view username);

} // namespace pages::shared
