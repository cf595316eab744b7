#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/requests/{id}/: customer and account, timeline with internal notes, forms, history.
http::Response show_request(web::Context& ctx);

} // namespace pages::desk
