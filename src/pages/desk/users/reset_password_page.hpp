#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::desk {

/// POST /admin/users/{id}/password/: set a temporary password and end the user's sessions; 303 to the user's page,
/// which shows it to this visitor for a while. Password lane.
http::Response reset_password(web::Context& ctx, web::LiveHub& live);
/// POST …/password/told/: show it no longer; 303 back.
http::Response hide_password(web::Context& ctx);

/// POST /admin/users/{id}/factor/: remove the user's second factor, because the phone is lost; 303 back. Administrators
/// only, and nobody their own.
http::Response reset_factor(web::Context& ctx, web::LiveHub& live);

} // namespace pages::desk
