#pragma once

#include "base/ids.hpp"
#include "db/database.hpp"

#include <string>
#include <string_view>

namespace web {

/// The cookie that holds the session's token, by the name that Context::set_cookie() takes.
inline constexpr std::string_view session_cookie = "gu_session";

/// Make the form token that belongs to a session's (or guest's) cookie. Each call returns another text for the same
/// secret, so that compression cannot leak it; all of them are valid as long as the cookie is.
std::string csrf_token(std::string_view cookie_token);
/// True when `token` belongs to the cookie. Takes constant time; a malformed token is false.
bool csrf_token_fits(std::string_view cookie_token, std::string_view token);

/// The site's secret key for form_seal(), the same for all nodes; made at the first start.
std::string find_form_key(db::Database& database);
/// Say for whom a form is drawn, so that nobody else can: ".7.…", to be put behind the form's token. Whoever has it was
/// once that user, but may be signed out by now.
std::string form_seal(std::string_view key, UserId user);
/// The user for whom the form with this token was drawn; zero for a guest's, an unsealed and a forged one.
UserId sealed_user(std::string_view key, std::string_view token);

} // namespace web
