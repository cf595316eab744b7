#pragma once

#include "web/context.hpp"

namespace server {

/// Fills in what every page's frame shows of other nouns: the unread notifications and, for staff, the side bar's
/// counts, the alarms and what is told live.
void complete_page(web::Context& ctx, web::Page& page);

} // namespace server
