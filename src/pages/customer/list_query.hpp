#pragma once

#include "http/request.hpp"
#include "request_types/request_type.hpp"
#include "service_requests/service_request.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace pages::customer {

/// The customer's list as its URL asks for it: ?status=Pending|Resolved&type=SLUG&before=ID or &after=ID.
struct ListQuery
{
    service_requests::OwnFilter filter;
    /// The chosen type's slug, empty for all.
    std::string type;

    /// The URL of another position under the same filter; `direction` is "before" or "after".
    std::string url(std::string_view direction, ServiceRequestId position) const;
};

/// Throws base::BadRequest for a value that no link of ours produces.
ListQuery read_list_query(const http::Request& request, const std::vector<request_types::RequestType>& types);

} // namespace pages::customer
