#pragma once

#include "pages/desk/views.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/requests/: the queue with its filter; open emergencies are pinned on top whatever the filter. 400 for a
/// query with values we do not use.
http::Response queue(web::Context& ctx);

} // namespace pages::desk
