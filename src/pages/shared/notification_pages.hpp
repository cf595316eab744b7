#pragma once

#include "web/context.hpp"

namespace pages::shared {

/// GET /notifications/?before=ID: the visitor's own, newest first, 25 per page.
http::Response show_notifications(web::Context& ctx);
/// POST /notifications/read/ (`newest`): marks all up to the newest one shown.
http::Response read_all_notifications(web::Context& ctx);
/// POST /notifications/{id}/read/: marks one and goes to its service request.
http::Response open_notification(web::Context& ctx);

} // namespace pages::shared
