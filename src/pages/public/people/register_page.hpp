#pragma once

#include "pages/public/people/self_service.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// GET and POST /accounts/register/ (`first_name`, `last_name`, `email`, `username`, `password`, `account`, `zip`,
/// `shares`). The
/// same answer for everybody; a mail follows. 404 where nobody may register. Password lane for the POST.
http::Response registration_form(web::Context& ctx, const SelfService& service);
http::Response ask_to_register(web::Context& ctx, const SelfService& service);

} // namespace pages::public_
