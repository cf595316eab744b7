#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/users/{id}/account/ (`account`, a number or words of an address, and `account_id` when several fit; or
/// `unlink`, an id): link an account to the user, or end the link; 303 back; 422 with the accounts that fit.
http::Response change_account_of_user(web::Context& ctx);

} // namespace pages::desk
