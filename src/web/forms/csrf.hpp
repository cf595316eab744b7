#pragma once

#include <string>
#include <string_view>

namespace web {

/// The form token that belongs to a session's (or guest's) cookie. Each call gives another text for the same secret,
/// so that compression cannot leak it; all of them stay valid as long as the cookie does.
std::string csrf_token(std::string_view cookie_token);
/// True when `token` belongs to the cookie. Constant time; garbage is false.
bool csrf_token_fits(std::string_view cookie_token, std::string_view token);

} // namespace web
