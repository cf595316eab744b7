#pragma once

#include "web/context.hpp"

namespace pages::desk {

/// GET /admin/accounts/?q=&after=ID: 50 a page.
http::Response list_accounts(web::Context& ctx);
http::Response new_account(web::Context& ctx);
/// 303 to the new account; 422 with the form kept, also for a number that is taken.
http::Response create_account(web::Context& ctx);
http::Response show_account(web::Context& ctx);
/// 409 with both versions on a clash.
http::Response save_account(web::Context& ctx);
/// POST …/link/ (`username`) and …/unlink/ (`user`).
http::Response link_user(web::Context& ctx);
http::Response unlink_user(web::Context& ctx);

} // namespace pages::desk
