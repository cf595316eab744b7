#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// GET /mail/off/{token}/: behind the link of a mail; asks, because programs that scan mail open links.
http::Response ask_to_switch_off(web::Context& ctx);
/// POST /mail/off/{token}/: switches such mail off. Mail programs send it themselves (RFC 8058), with neither a session
/// nor a cookie, and get none.
http::Response switch_off(web::Context& ctx);

} // namespace pages::settings
