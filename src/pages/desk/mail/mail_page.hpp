#pragma once

#include "http/response.hpp"
#include "web/context.hpp"

namespace pages::desk {

/// What waits, was accepted or was given up, for administrators.
http::Response list_mail(web::Context& ctx);
/// Queue one once more.
http::Response send_mail_again(web::Context& ctx);

} // namespace pages::desk
