#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/users/create/
http::Response new_user(web::Context& ctx);
/// POST: 303 to the user's page, where whoever created the user sees the random temporary password until "Done", for 15
/// minutes at most; it must be changed at the first sign-in. 422 with the form kept. Staff create customers, only
/// administrators create staff (others get 403). Password lane.
http::Response create_user(web::Context& ctx);

} // namespace pages::desk
