#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace live {

/// GET /events/?user=ID&browser=NAME&page=POSITION TOPIC…&page=…: opens the event stream of a browser with all its
/// pages, each drawn at its position. Last-Event-ID counts for all of them before those. A page that may not be told
/// what it names (any more), or whose position or topic is none, is told to reload; a visitor who is not the user that
/// the pages were drawn for, that they are signed out. Throws base::BadRequest for an address without pages or with
/// more than 64.
http::Response open_stream(web::Context& ctx, web::LiveHub& hub);

} // namespace live
