#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// GET and POST /account/password/ (`current_password`, `new_password`, `new_password_again`). Password lane for the
/// POST.
http::Response password_form(web::Context& ctx);
http::Response change_password(web::Context& ctx);

} // namespace pages::settings
