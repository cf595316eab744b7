#pragma once

#include "events/event.hpp"
#include "live/message.hpp"
#include "service_requests/service_request.hpp"

#include <vector>

namespace live {

/// Messages by which one event changes the page of a service request as its customer, the `reader`, sees it. Empty for
/// internal events, but for an emergency that somebody of the staff takes or gives back: the page says that, not who.
std::vector<Message> customer_messages(const Source& source, const service_requests::ServiceRequest& request,
    const events::Event& event, const base::Visitor& reader);

} // namespace live
