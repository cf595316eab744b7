#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/: how many are open, how old they are, how many were resolved today, by type; each figure links to its
/// list.
http::Response overview(web::Context& ctx);

} // namespace pages::desk
