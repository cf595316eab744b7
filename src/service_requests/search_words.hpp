#pragma once

#include "service_requests/service_request.hpp"

namespace service_requests {

/// Collects and stores the search words of a service request that was just added.
void add_search_words(db::Transaction& tx, ServiceRequestId id);

} // namespace service_requests
