#pragma once

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"
#include "web/live/hub.hpp"

#include <string>

namespace pages::public_ {

/// GET /accounts/login/?next=PATH. A signed-in visitor is sent home.
http::Response sign_in_form(web::Context& ctx, const SelfService& service);
/// POST /accounts/login/ (`username`, `password`, `next`): 303 with a new session, or to the page for the code; 422
/// with one message for every wrong pair, 429 after too many, 403 for staff who sign in at the provider. Password lane.
http::Response sign_in(web::Context& ctx, const SelfService& service);
/// The sign-in page again, after the sign-in waited for its code for too long (422).
http::Response ask_to_sign_in_anew(web::Context& ctx, const SelfService& service, std::string next, UserId typist);
/// Answer a form whose session has ended: the sign-in page (403). What `typist` wrote is kept for the form at `next`;
/// of an unknown one (zero) nothing is kept. A gas leak is taken as a guest's report instead; for a comment on an open
/// leak the page says first whom to call.
http::Response ask_to_sign_in_again(web::Context& ctx, const SelfService& service, UserId typist, std::string next);
/// POST /accounts/logout/: ends the session and its live pages.
http::Response sign_out(web::Context& ctx, web::LiveHub& live);

} // namespace pages::public_
