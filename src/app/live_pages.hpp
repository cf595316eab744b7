#pragma once

#include "web/context.hpp"
#include "web/live_hub.hpp"

namespace app {

/// GET /events/?request=ID&after=EVENT or ?queue=FILTER&after=EVENT: opens an event stream. Throws base::NotFound for a
/// service request that is not the visitor's and base::Forbidden for a customer who asks for the queue,
/// base::BadRequest for a filter that cannot be read. Last-Event-ID (or `last`) counts before `after`.
http::Response open_stream(web::Context& ctx, web::LiveHub& hub);

} // namespace app
