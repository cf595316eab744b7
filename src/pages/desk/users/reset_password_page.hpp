#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::desk {

/// POST /admin/users/{id}/password/: set a random temporary password, show it once, and end the user's sessions. Heavy
/// lane.
http::Response reset_password(web::Context& ctx, web::LiveHub& live);

} // namespace pages::desk
