#pragma once

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"

#include <string>

namespace pages::public_ {

/// To the page for the code, which takes `next` and `typist` along.
http::Response lead_to_code(const std::string& next, UserId typist);
/// GET /accounts/login/code/?next=PATH: asks for the code of a second factor after the right password. Without a
/// sign-in that waits for one, to the sign-in page; a signed-in visitor is sent home.
http::Response code_form(web::Context& ctx);
/// POST (`code` or `recovery`, `next`, `typist`): 303 with a new session; 422 for a wrong code, 429 after too many.
/// Password lane.
http::Response sign_in_with_code(web::Context& ctx, const SelfService& service);

} // namespace pages::public_
