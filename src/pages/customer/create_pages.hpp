#pragma once

#include "storage/store.hpp"
#include "web/context.hpp"

namespace pages::customer {

/// GET /service/create/?type=SLUG: the form, with text kept from a session that had ended.
http::Response new_request(web::Context& ctx);
/// POST /service/create/: 303 to the confirmation; the form again with 422, 413 or 503 and all text kept.
http::Response submit_request(web::Context& ctx, storage::Store& store);

/// GET /service/{id}/received/: the reference, what happens next and by when.
http::Response show_received(web::Context& ctx);

} // namespace pages::customer
