#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// POST /admin/requests/{id}/comments/ (`text`, `visibility`, `attachments`): a public reply or an internal note.
http::Response write_comment(web::Context& ctx, storage::Store& store);

} // namespace pages::desk
