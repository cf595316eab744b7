#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::desk {

/// Staff manage customers; only administrators create or change staff and set roles (others get 403).

/// GET /admin/users/?q=&role=&state=on|off&after=ID: 50 a page.
http::Response list_users(web::Context& ctx);
http::Response new_user(web::Context& ctx);
/// Show the random temporary password once; it must be changed at the first sign-in. Heavy lane.
http::Response create_user(web::Context& ctx);
http::Response show_user(web::Context& ctx);
/// 409 with both versions on a clash; 422 when it would leave no administrator.
http::Response save_user(web::Context& ctx, web::LiveHub& live);
/// Set a random temporary password, shown once, and ends all sessions. Heavy lane.
http::Response force_password_reset(web::Context& ctx, web::LiveHub& live);
/// Let a user sign in again whom too many wrong passwords have locked.
http::Response end_lock(web::Context& ctx);

} // namespace pages::desk
