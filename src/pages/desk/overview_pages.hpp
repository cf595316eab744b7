#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/: how much is open, how old it is, what was resolved today, by type; each figure opens its list.
http::Response overview(web::Context& ctx);

} // namespace pages::desk
