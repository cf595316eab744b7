#pragma once
// pages/public/provider/ is the sign-in of the staff at an OpenID provider (oidc/).

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// GET /accounts/login/provider/?next=PATH&typist=ID&again=1: leads to the provider, and remembers for ten minutes that
/// this browser left. A signed-in visitor is sent home, unless the provider is to ask for the password again. Lane
/// Provider.
http::Response leave_for_provider(web::Context& ctx, const SelfService& service);
/// GET /accounts/login/provider/back/?code&state: 303 with a new session, or to the page for the code; 403 with what to
/// do when the sign-in is refused, 503 when the provider does not answer. Lane Provider.
http::Response return_from_provider(web::Context& ctx, const SelfService& service);

} // namespace pages::public_
