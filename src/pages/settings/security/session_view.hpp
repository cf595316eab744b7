#pragma once

#include "pages/settings/security/session_views.hpp"
#include "sign_in/session.hpp"
#include "web/context.hpp"

namespace pages::settings {

/// The visitor's sessions, this one first, and a page of the history.
SessionsView sessions_view(web::Context& ctx, const sign_in::SessionRules& rules);

} // namespace pages::settings
