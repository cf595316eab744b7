#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::customer {

/// GET /service/?status=Pending|Resolved&type=SLUG&before=ID or &after=ID: the visitor's own, newest first. Throws
/// base::BadRequest for a value that no link of ours produces.
http::Response list_requests(web::Context& ctx);

/// GET /service/create/?type=SLUG: the form, with text kept from a session that had ended. In create_pages.cpp.
http::Response new_request(web::Context& ctx);
/// POST /service/create/: 303 to the confirmation; the form again with 422, 413 or 503 and all text kept. In
/// create_pages.cpp.
http::Response submit_request(web::Context& ctx, storage::Store& store);

/// GET /service/{id}/received/: the reference, what happens next and by when.
http::Response show_received(web::Context& ctx);
/// GET /service/{id}/: everything about one service request, live.
http::Response show_request(web::Context& ctx);
/// POST /service/{id}/reopen/ (`version`, optional `why`, and the comment's fields): Resolved → Pending. With a comment
/// typed and not sent 422 asks what becomes of it; `unsent` answers "send" (in the same transaction) or "leave" (shown
/// for ten minutes, marked as not sent). Throws base::Conflict when somebody changed the service request after the page
/// was made.
http::Response reopen_request(web::Context& ctx, storage::Store& store);

} // namespace pages::customer
