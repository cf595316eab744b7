#pragma once
// The list from which a service request was opened: ?list= on its page, and a hidden field of the page's forms.

#include "base/translatable.hpp"
#include "service_requests/service_request.hpp"
#include "web/context.hpp"

#include <string>
#include <string_view>

namespace pages::desk {

struct ListPlace
{
    /// As `list` carries it; empty for a page that was opened otherwise.
    std::string list;
    base::Text heading;
    /// Back to the same page of the list and to the row.
    std::string back_url;
    /// The neighbors in the list; empty at its ends, and without a list.
    std::string previous_url;
    std::string next_url;
};

/// The list of the page that is asked for. One that no link of ours names is none: the page is shown all the same.
ListPlace find_list_place(web::Context& ctx, const service_requests::ServiceRequest& request);
/// Back to the page of a service request after a form of it, which carries its list along. `query` as in urls.hpp.
std::string request_url(const web::Context& ctx, ServiceRequestId id, std::string_view query = {});
/// The query of that page; empty without a list.
std::string list_query(const web::Context& ctx);

} // namespace pages::desk
