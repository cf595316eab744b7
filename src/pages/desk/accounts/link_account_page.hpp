#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/accounts/{id}/link/ (`username`): 303 back; 422 with the form kept when there is no such user.
http::Response link_user(web::Context& ctx);
/// POST …/unlink/ (`user`): 303 back.
http::Response unlink_user(web::Context& ctx);
/// POST …/end-ask/ (`ask`): 303 back; whoever asked to share the account needs no answer any more.
http::Response end_ask(web::Context& ctx);

} // namespace pages::desk
