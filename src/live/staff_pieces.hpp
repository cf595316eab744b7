#pragma once

#include "events/event.hpp"
#include "live/message.hpp"
#include "service_requests/service_request.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace live {

// Each piece is rendered once for all of the staff. The actor is in the piece ("data-by") and beside it ("by"): the
// actor's own page says "You" and announces nothing.

/// Messages by which one event changes the staff's page of its service request.
std::vector<Message> request_messages(
    const Source& source, const service_requests::ServiceRequest& request, const events::Event& event);
/// What one event of another request's emergency changes on the staff's page of a service request: an emergency at the
/// same address begins, ends or changes hands. Nothing when it is elsewhere.
std::optional<Message> here_message(const Source& source, const service_requests::ServiceRequest& page,
    const service_requests::ServiceRequest& emergency, const events::Event& event);
/// The page's emergency names a new one that the same person reported elsewhere. Nothing when it was somebody else.
std::optional<Message> also_message(const Source& source, const service_requests::ServiceRequest& page,
    const service_requests::ServiceRequest& emergency, const events::Event& event);
/// The row that one event adds or changes in a queue shown with this filter (its query string); nothing when it does
/// not match the filter.
std::optional<Message> queue_message(const Source& source, const service_requests::ServiceRequest& request,
    const events::Event& event, std::string_view filter);
/// The open emergencies on top of a list, as they are now.
Message pinned_message(const Source& source);
/// The bar on every page of the desk, as it is now.
Message alarms_message(const Source& source);
/// What the one who had an emergency hears when somebody else took it over or resolved it.
Message former_owner_message(const web::PageLanguage& language, const events::Event& event);
/// The numbers in the side bar.
Message counts_message(const Source& source);

} // namespace live
