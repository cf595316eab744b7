#pragma once

#include "users/user.hpp"
#include "web/context.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pages::public_ {

inline constexpr std::string_view session_cookie = "gu_session";

/// Sign in with the password: a new session with its cookie instead of the present one; the browser becomes a known
/// device, unless the computer is public. Returns the user; nothing when user name and password don't match. Throws
/// base::TooManyAttempts. On a lane for passwords only.
std::optional<users::User> start_session(
    web::Context& ctx, std::string_view username, const std::string& password, bool is_public_computer);

} // namespace pages::public_
