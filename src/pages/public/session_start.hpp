#pragma once

#include "users/user.hpp"
#include "web/context.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace pages::public_ {

inline constexpr std::string_view session_cookie = "gu_session";

/// What became of a sign-in.
struct SessionStart
{
    /// Nothing when user name and password don't match, or the password has ended.
    std::optional<users::User> user = {};
    /// The password was right, but it was a temporary one and has ended.
    bool has_ended = false;
};
/// Sign in with the password: a new session with its cookie instead of the present one; the browser becomes a known
/// device, unless the computer is public. Throws base::TooManyAttempts. On a lane for passwords only.
SessionStart start_session(
    web::Context& ctx, std::string_view username, const std::string& password, bool is_public_computer);

} // namespace pages::public_
