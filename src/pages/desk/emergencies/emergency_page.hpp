#pragma once

#include "http/response.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/requests/{id}/take/: "I have it". Leads back to the page it was pressed on, or to the service request
/// when somebody else was faster; a script gets the bar as it is now, with a sentence to say.
http::Response take_emergency(web::Context& ctx);

/// POST /admin/requests/{id}/take-over/: the same instead of the user in the field "from".
http::Response take_over_emergency(web::Context& ctx);

/// POST /admin/requests/{id}/give-back/: "I can't go on".
http::Response give_back_emergency(web::Context& ctx);

/// GET /admin/requests/{id}/false-alarm/: which ones, how many and from whom, before they are resolved.
http::Response ask_about_false_alarms(web::Context& ctx);

/// POST /admin/requests/{id}/false-alarm/: resolve the emergencies of one sender, of which {id} is the first.
http::Response resolve_false_alarms(web::Context& ctx);

/// POST /admin/requests/{id}/link/withdraw/: the private link of a leak report shows nothing any more.
http::Response withdraw_link(web::Context& ctx);

} // namespace pages::desk
