#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// POST /preferences/theme/ (`theme`: light, dark or auto; `next`): keeps the choice in a cookie and goes back. Never
/// waits.
http::Response choose_theme(web::Context& ctx);

/// POST /preferences/language/ (`language`: a tag; `next`): keeps the choice for the user and in a cookie, but not on a
/// public computer, and goes back.
http::Response choose_language(web::Context& ctx);

/// POST /preferences/start-over/ (`page`: a path of ours, with its query): forgets the text that is kept for the forms
/// of that page, and goes there. Anything else leads to the front page, and everything stays.
http::Response start_over(web::Context& ctx);

} // namespace pages::settings
