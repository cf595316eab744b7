#pragma once

#include "web/context.hpp"
#include "web/live/hub.hpp"

#include <vector>

namespace live {

/// Read the pages of a stream's URL (page=POSITION TOPIC…), each with its topics. A page that has a topic which its
/// visitor may not see, or no position, comes without either: it reloads. Throws base::BadRequest without
/// pages and with more than 64.
std::vector<web::LivePage> read_pages(web::Context& ctx);

} // namespace live
