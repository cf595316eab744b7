#pragma once

#include "server/services.hpp"
#include "web/router.hpp"

#include <vector>

namespace server {

/// Every address of the site on one page. The services must outlive the routes.
std::vector<web::Route> routes(Services& services);
/// After a form, "next" may name anything of ours: a redirect to what no browser shows as a page leads home instead.
void lead_to_a_page(http::Response& response, const web::Router& router);

} // namespace server
