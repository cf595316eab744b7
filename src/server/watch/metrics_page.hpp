#pragma once

#include "server/services.hpp"
#include "web/context.hpp"

namespace server {

/// GET /metrics: what the server did and how it is, as OpenMetrics text. For this machine and the setting
/// metrics_networks; 404 for others and for whoever is behind somebody.
http::Response metrics(web::Context& ctx, const Services& services);

} // namespace server
