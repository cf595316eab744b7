#pragma once
// The second factor of one's own sign-in. The same pages for staff and customers.

#include "sign_in/password_rules.hpp"
#include "web/context.hpp"

namespace pages::settings {

/// GET /account/security/: offers the second factor, or shows that it is on. A secret is offered that nobody has
/// stored; the page never shows it again.
http::Response security_form(web::Context& ctx);
/// POST (`salt`, `code`, `current_password` unless it was typed a short while ago): turns it on and shows the recovery
/// codes; all other sessions end. Password lane, like the two below.
http::Response turn_factor_on(web::Context& ctx);
/// POST /account/security/off/ (`current_password`): 422 when the visitor's role needs a second factor, and for a
/// password that is long enough beside one only.
http::Response turn_factor_off(web::Context& ctx, const sign_in::PasswordLengths& lengths);
/// POST /account/security/codes/ (`current_password`): makes new recovery codes.
http::Response renew_recovery_codes(web::Context& ctx);
/// POST /account/security/codes/file/: the recovery codes that this session is still shown, as a text file that
/// nobody keeps on the way.
http::Response save_recovery_codes(web::Context& ctx);
/// POST /account/security/codes/kept/ (`next`): shows the recovery codes no longer.
http::Response hide_recovery_codes(web::Context& ctx);

} // namespace pages::settings
