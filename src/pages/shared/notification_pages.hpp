#pragma once

#include "web/context.hpp"

namespace pages::shared {

/// GET /notifications/?before=POSITION: the visitor's own, newest first, 25 per page.
http::Response show_notifications(web::Context& ctx);
/// POST /notifications/read/ (`newest`): marks all up to the newest one shown.
http::Response read_all_notifications(web::Context& ctx);
/// POST /service/{id}/read/ and /admin/requests/{id}/read/ (`until`): the page of the service request was seen as it
/// was then. A script gets the count of what is still unread; without one the page follows again.
http::Response read_request(web::Context& ctx);

} // namespace pages::shared
