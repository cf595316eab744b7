#pragma once
// A new email of one's own, from the link that confirms it on; contact_pages.hpp asks for it.

#include "web/context.hpp"

namespace pages::settings {

/// GET and POST /account/email/confirm/{token}/: only who asked for the change can confirm it, signed in, so that the
/// owner of a mistyped address gets nothing by a click. GET changes nothing, because programs that scan mail open
/// links; 404 for a link that works no more.
http::Response confirm_email_form(web::Context& ctx);
http::Response confirm_email(web::Context& ctx);
/// POST /account/email/again/: sends the link once more.
http::Response send_email_link_again(web::Context& ctx);
/// POST /account/email/cancel/: keeps the present email.
http::Response cancel_email_change(web::Context& ctx);

} // namespace pages::settings
