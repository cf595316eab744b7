#pragma once

#include "http/response.hpp"
#include "search/filter.hpp"
#include "web/site.hpp"

#include <memory>

namespace pages::desk {

/// Make the Excel file of the service requests that the filter finds, in its order, with the columns of the CSV file.
/// It is written into a temporary file, which is gone when the source is, and sent from there: memory does not grow
/// with the rows. Texts are texts, whatever they begin with. `site` must outlive the source.
std::unique_ptr<http::BodySource> request_xlsx(web::Site& site, search::Filter filter);

} // namespace pages::desk
