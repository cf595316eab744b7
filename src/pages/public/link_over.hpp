#pragma once
// What a private link shows, beside the report itself.

#include "service_requests/private_link.hpp"
#include "web/context.hpp"

namespace pages::public_ {

/// The service request in the visitor's own list; zero when it is not there.
ServiceRequestId own_request(const web::Context& ctx, const service_requests::ServiceRequest& request);
/// Keep it out of caches and search engines: only whoever has the link reads it.
http::Response for_holders_only(http::Response response);
/// 410: the link has ended or was withdrawn, and what to do now.
http::Response show_link_over(web::Context& ctx, const service_requests::Followed& followed);

} // namespace pages::public_
