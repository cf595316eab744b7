#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/users/?q=&role=&state=on|off&after=ID: 50 a page. 400 for values that we do not use.
http::Response list_users(web::Context& ctx);

} // namespace pages::desk
