#pragma once

#include "sign_in/password_rules.hpp"
#include "web/context.hpp"

namespace pages::settings {

/// GET and POST /account/password/ (`current_password`, `new_password`, `new_password_again`). Password lane for the
/// POST.
http::Response password_form(web::Context& ctx, const sign_in::PasswordLengths& lengths);
http::Response change_password(web::Context& ctx, const sign_in::PasswordLengths& lengths);

} // namespace pages::settings
