#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/requests/{id}/: customer and account, timeline with internal notes, forms, history.
http::Response show_request(web::Context& ctx);

/// POST /admin/requests/{id}/read/: somebody has seen the customer's reply, so the lists stop saying that it waits. The
/// page's script sends it as soon as the page is visible; without scripts it is a button.
http::Response read_reply(web::Context& ctx);

} // namespace pages::desk
