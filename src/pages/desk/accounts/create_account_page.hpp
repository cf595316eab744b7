#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/accounts/create/
http::Response new_account(web::Context& ctx);
/// POST: 303 to the new account; 422 with the form kept, also for a number that is taken.
http::Response create_account(web::Context& ctx);

} // namespace pages::desk
