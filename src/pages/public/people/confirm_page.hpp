#pragma once

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// GET and POST /accounts/register/{token}/ (`password`, `username` when the wanted one is taken): whoever reads the
/// mail and knows the password becomes a user and is signed in. Without the password a stranger could make somebody
/// else's click open a sign-in that the stranger knows. GET changes nothing; 404 for a link that works no more.
/// Password lane for the POST.
http::Response confirm_form(web::Context& ctx, const SelfService& service);
http::Response confirm_registration(web::Context& ctx, const SelfService& service);

} // namespace pages::public_
