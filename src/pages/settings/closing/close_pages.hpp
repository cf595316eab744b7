#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::settings {

/// GET /account/close/: what closing the own profile keeps and removes. Staff read that they can't.
http::Response close_form(web::Context& ctx);
/// POST (`current_password`): closes it and signs out everywhere. 403 for staff. Password lane.
http::Response close_profile(web::Context& ctx, web::LiveHub& live);

} // namespace pages::settings
