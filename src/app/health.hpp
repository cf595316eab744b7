#pragma once

#include "web/context.hpp"

namespace app {

/// GET /healthz: the process answers. Only from this machine; 404 for others.
http::Response health(web::Context& ctx);
/// GET /readyz: the database answers too, with its version; 503 otherwise. Only from this machine.
http::Response ready(web::Context& ctx);

} // namespace app
