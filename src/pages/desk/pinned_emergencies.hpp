#pragma once

#include "pages/desk/views.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// The pinned emergencies on top of the queue and the overview.
PinnedEmergencies pinned_emergencies(web::Context& ctx);

} // namespace pages::desk
