#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/users/{id}/unlock/: let new devices try this user name again at once; 303 back.
http::Response unlock_user(web::Context& ctx);

} // namespace pages::desk
