#pragma once

#include "app/services.hpp"
#include "web/router.hpp"

#include <vector>

namespace app {

/// Every address of the site on one page. The services must outlive the routes.
std::vector<web::Route> routes(Services& services);

} // namespace app
