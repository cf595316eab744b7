#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// GET /account/notifications/: of what the visitor is told, where, and when mail comes.
http::Response show_choices(web::Context& ctx);
/// POST /account/notifications/ (`site_EVENT` and `mail_EVENT`, `pace`, `digest_at`, `quiet_from`, `quiet_until`,
/// `time_zone`, `version`).
http::Response save_choices(web::Context& ctx);

} // namespace pages::settings
