#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/requests/{id}/status/ (`version`, the composer's fields, and the pressed button, whose value is the
/// status): 303 back; 422 for a bad text, 503 with the text kept when nothing can be saved. `send_and` sends the text
/// in the same transaction; `leave_and` shows it for ten minutes, marked as not sent; `status` asks with 422 when there
/// is a text. An open emergency is resolved only with `finding` and `reason`; without them the page asks, with 422 and
/// everything typed. When somebody else changed the status after the page was shown, nothing is written and 303 leads
/// to a page that says who did what, with the text kept; `discard` removes a kept text.
http::Response change_status(web::Context& ctx, storage::Store& store);

} // namespace pages::desk
