#pragma once

#include "server/services.hpp"
#include "web/router.hpp"

#include <vector>

namespace server {

/// Every address of the site on one page. The services must outlive the routes.
std::vector<web::Route> routes(Services& services);

} // namespace server
