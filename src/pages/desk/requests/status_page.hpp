#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/requests/{id}/status/ (`status`, `version`, optional `status_text` for the customer, and the composer's
/// fields): 303 back; 409 with both versions when somebody changed it after the page was shown, 422 for a bad text, 503
/// with the text kept when nothing can be saved. When the composer has a text, 422 asks what to do with it; `unsent`
/// answers "send" (in the same transaction) or "leave" (shown for ten minutes, marked as not sent).
http::Response change_status(web::Context& ctx, storage::Store& store);

} // namespace pages::desk
