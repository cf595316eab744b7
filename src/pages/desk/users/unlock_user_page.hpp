#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/users/{id}/unlock/: let a user sign in again whom too many wrong passwords have locked; 303 back.
http::Response unlock_user(web::Context& ctx);

} // namespace pages::desk
