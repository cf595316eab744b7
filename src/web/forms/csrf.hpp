#pragma once

#include <string>
#include <string_view>

namespace web {

/// Make the form token that belongs to a session's (or guest's) cookie. Each call returns another text for the same
/// secret, so that compression cannot leak it; all of them are valid as long as the cookie is.
std::string csrf_token(std::string_view cookie_token);
/// True when `token` belongs to the cookie. Takes constant time; a malformed token is false.
bool csrf_token_fits(std::string_view cookie_token, std::string_view token);

} // namespace web
