#pragma once

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// GET and POST /accounts/password/reset/ (`who`: user name or email). The same answer for everybody; a mail follows
/// when there is somebody to write to.
http::Response reset_form(web::Context& ctx, const SelfService& service);
http::Response ask_for_reset(web::Context& ctx, const SelfService& service);

} // namespace pages::public_
