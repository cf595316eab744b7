#pragma once
// Where the visitor is signed in, and what happened at the own sign-in.

#include "sign_in/session.hpp"
#include "web/context.hpp"
#include "web/live/hub.hpp"

namespace pages::settings {

/// GET /account/sessions/ (`before`: older events of the history than this one).
http::Response show_sessions(web::Context& ctx, const sign_in::SessionRules& rules);
/// POST /account/sessions/{name}/end/: signs that browser out at once, or says that it is signed out already: it is not
/// in the visitor's list any more, and never was when it is somebody else's.
http::Response end_session(web::Context& ctx, web::LiveHub& live);
/// POST /account/sessions/others/: signs all other browsers of the visitor out.
http::Response end_other_sessions(web::Context& ctx, web::LiveHub& live);

} // namespace pages::settings
