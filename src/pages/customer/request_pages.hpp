#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::customer {

/// GET /service/?status=Pending|Resolved&type=SLUG&before=ID or &after=ID: the visitor's own, newest first. Throws
/// base::BadRequest for a value that no link of ours produces.
http::Response list_requests(web::Context& ctx);

/// GET /service/{id}/: everything about one service request, live.
http::Response show_request(web::Context& ctx);
/// POST /service/{id}/reopen/ (`version`, optional `why`, and the comment's fields): Resolved → Pending. When a comment
/// is typed but not sent, 422 asks what to do with it; `unsent` answers "send" (in the same transaction) or "leave"
/// (shown for ten minutes, marked as not sent). Throws base::Conflict when somebody changed the service request after
/// the page was made.
http::Response reopen_request(web::Context& ctx, storage::Store& store);

} // namespace pages::customer
