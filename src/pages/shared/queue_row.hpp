#pragma once

#include "service_requests/service_request.hpp"
#include "web/site.hpp"

#include <string>

namespace pages::shared {

/// One row of the queue, ready to render; templates/shared/queue_row.html renders it on the page and as a live piece.
struct QueueRow
{
    ServiceRequestId id;
    std::string reference;
    std::string title;
    /// The description after the title, on one line.
    std::string rest;
    std::string type_name;
    std::string type_icon;
    /// An open emergency: pinned, with its running age.
    bool is_pinned = false;
    bool is_emergency = false;
    std::string customer;
    std::string address;
    service_requests::Status status = service_requests::Status::Pending;
    std::int64_t comments = 0;
    std::int64_t attachments = 0;
    std::string submitted;
    std::string submitted_iso;
    std::string updated;
    std::string updated_iso;
    /// "1 d 4 h" for an open one; empty when resolved.
    std::string age;
    /// How much of the track of 152 units (one hour) the age of a pinned row fills.
    std::int64_t track = 0;
};

/// Make the row that staff see.
QueueRow queue_row(const i18n::Dates& dates, const service_requests::ServiceRequest& request);

} // namespace pages::shared
