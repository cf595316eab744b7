#pragma once

#include "server/services.hpp"
#include "web/context.hpp"

namespace server {

/// GET /healthz: the process answers, with the versions of database and program and the program's commit. Only for this
/// machine and for a trusted proxy itself; 404 for others.
http::Response health(web::Context& ctx);
/// GET /readyz: this process can read and write the database and is not about to end, with the database's version; 503
/// otherwise. Only for those who may ask /healthz.
http::Response ready(web::Context& ctx, const Services& services);

} // namespace server
