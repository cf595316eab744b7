#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// POST /preferences/theme/ (`theme`: light, dark or auto; `next`): keeps the choice in a cookie and goes back. Never
/// waits.
http::Response choose_theme(web::Context& ctx);

} // namespace pages::settings
