#pragma once

#include "http/response.hpp"
#include "search/filter.hpp"
#include "web/site.hpp"

#include <memory>

namespace pages::desk {

/// Make the CSV file of the service requests that the filter finds, in its order, read piece by piece while it is sent.
/// `site` must outlive the source.
std::unique_ptr<http::BodySource> request_csv(web::Site& site, search::Filter filter);

} // namespace pages::desk
