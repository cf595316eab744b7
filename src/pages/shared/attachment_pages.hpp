#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::shared {

/// GET /service/{id}/attachments/{attachment_id}/: the file, for the service request's owner and for staff. Pictures
/// that browsers can show are sent inline, everything else as a download. Throws base::NotFound, also when the file
/// itself is missing.
http::Response download_attachment(web::Context& ctx, const storage::Store& store);
/// GET /service/{id}/attachments/{attachment_id}/preview/: the small picture of a photo, for the same people. Throws
/// base::NotFound, also for a file without one.
http::Response show_preview(web::Context& ctx, const storage::Store& store);

} // namespace pages::shared
