#pragma once

#include "web/context.hpp"

namespace pages::settings {

/// GET /account/: number, service address, phone and email of each linked account; forms for own contact details.
http::Response show_account(web::Context& ctx);
/// POST /account/contact/ (`phone`, `email`, `current_password` when the email changes). Password lane.
http::Response save_contact(web::Context& ctx);

} // namespace pages::settings
