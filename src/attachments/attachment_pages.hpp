#pragma once

#include "attachments/store.hpp"
#include "web/context.hpp"

namespace attachments {

/// GET /service/{id}/attachments/{attachment_id}/: the file, for the service request's owner and for staff. Pictures
/// that browsers show are sent inline, everything else as a download. Throws base::NotFound, also when the file itself
/// is gone.
http::Response download(web::Context& ctx, const Store& store);

} // namespace attachments
