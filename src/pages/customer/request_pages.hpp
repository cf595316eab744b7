#pragma once

#include "web/context.hpp"

namespace pages::customer {

/// GET /service/?status=Pending|Resolved&type=SLUG&before=ID or &after=ID: the visitor's own, newest first. Throws
/// base::BadRequest for a value that no link of ours produces.
http::Response list_requests(web::Context& ctx);

/// GET /service/{id}/: everything about one service request, live.
http::Response show_request(web::Context& ctx);
/// Add the address to an open leak without one, and go to its page; the page again with 422 without an address.
http::Response add_address(web::Context& ctx);

} // namespace pages::customer
