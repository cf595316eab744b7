#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::desk {

/// GET /admin/users/{id}/: details, accounts and history. Staff change customers; administrators change everybody and
/// set roles (others get 403).
http::Response show_user(web::Context& ctx);
/// POST (Password lane, because a new role asks for the password): 303 back; 409 with both versions on a clash; 422 for
/// wrong details, and when it would leave no administrator.
http::Response save_user(web::Context& ctx, web::LiveHub& live);

} // namespace pages::desk
