#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/accounts/?q=&after=ID: 50 a page.
http::Response list_accounts(web::Context& ctx);

} // namespace pages::desk
