#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace live {

/// GET /events/?user=ID&browser=NAME&page=POSITION TOPIC…&page=…: opens the event stream of a browser with all its
/// pages, each rendered at its position. Last-Event-ID overrides the positions of all of them. A page with an invalid
/// position or topic, or a topic its visitor may not see (any more), gets "reload"; a visitor who is not the user that
/// the pages were rendered for gets "signed-out". Throws base::BadRequest for a URL without pages or with more than 64.
http::Response open_stream(web::Context& ctx, web::LiveHub& hub);

} // namespace live
