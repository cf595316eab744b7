#pragma once

#include "web/context.hpp"

namespace notifications {

/// GET /notifications/?before=ID: own ones, newest first, 25 a page.
http::Response list(web::Context& ctx);
/// POST /notifications/read/ (`newest`): marks all up to the newest one shown.
http::Response mark_all_as_read(web::Context& ctx);
/// POST /notifications/{id}/read/: marks one and goes to its service request.
http::Response open(web::Context& ctx);

} // namespace notifications
