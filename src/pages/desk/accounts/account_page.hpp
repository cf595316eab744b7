#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/accounts/{id}/: details, linked users and history.
http::Response show_account(web::Context& ctx);
/// POST: 303 back; 409 with both versions on a clash; 422 with the form kept, also for a number that is taken.
http::Response save_account(web::Context& ctx);

} // namespace pages::desk
