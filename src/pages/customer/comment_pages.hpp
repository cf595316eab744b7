#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::customer {

/// POST /service/{id}/comments/: a customer's comment with files. 303 to it; the form again with 422, 413 or 503 and
/// the text kept. A script that asks for a fragment gets the timeline's new entry, or the error message alone.
http::Response write_comment(web::Context& ctx, storage::Store& store);
/// POST /service/{id}/reopen/ (`version` and the comment's fields): Resolved → Pending; what was typed is sent in the
/// same transaction. Without a text, throws base::Conflict when somebody changed the service request after the page was
/// made.
http::Response reopen_request(web::Context& ctx, storage::Store& store);

} // namespace pages::customer
