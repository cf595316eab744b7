#pragma once

#include "server/services.hpp"
#include "web/context.hpp"

namespace server {

/// GET /healthz: the process answers, with the versions of database and program and the program's commit. Only for this
/// machine and for a trusted proxy itself; 404 for others.
http::Response health(web::Context& ctx);
/// GET /readyz: this process can keep what people send and is not about to end, with the database's version; otherwise
/// 503 with the names of the parts that fail. Only for those who may ask /healthz.
http::Response ready(web::Context& ctx, Services& services);

} // namespace server
