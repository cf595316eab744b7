#pragma once

#include "attachments/store.hpp"
#include "web/context.hpp"

namespace admin {

/// GET /admin/requests/{id}/: customer and account, timeline with internal notes, forms, history.
http::Response show_request(web::Context& ctx);
/// POST …/status/ (`status`, `version`, optional `text` for the customer): 303 back; 409 with both versions when
/// somebody changed it after the page was shown, 422 for a bad text, 503 with the text kept when nothing can be saved.
http::Response change_status(web::Context& ctx);
/// POST …/comments/ (`text`, `visibility`, `attachments`): a public reply or an internal note.
http::Response comment(web::Context& ctx, attachments::Store& store);

} // namespace admin
