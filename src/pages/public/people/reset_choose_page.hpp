#pragma once

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// GET and POST /accounts/password/reset/{token}/ (`new_password`, `new_password_again`). GET changes nothing, because
/// programs that scan mail open links; 404 for a link that works no more. Password lane for the POST.
http::Response choose_password_form(web::Context& ctx, const SelfService& service);
http::Response choose_password(web::Context& ctx, const SelfService& service);

} // namespace pages::public_
