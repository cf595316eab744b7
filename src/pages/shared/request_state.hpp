#pragma once
// The parts of a service request on the desk that stay up to date while the page is open.

#include "events/event.hpp"
#include "i18n/dates.hpp"
#include "service_requests/service_request.hpp"

#include <cstdint>
#include <string>

namespace pages::shared {

/// One line of the history.
struct HistoryLine
{
    std::string element_id;
    std::string when;
    std::string when_iso;
    std::string when_exact;
    base::Text who;
    base::Text what;
};

/// templates/shared/request_state.html, send_buttons.html and status_button.html; also live pieces.
struct RequestState
{
    ServiceRequestId id;
    /// The one that the buttons change.
    std::int64_t version = 0;
    service_requests::Status status = service_requests::Status::Pending;
    std::string submitted;
    std::string submitted_iso;
    std::string resolved;
    std::string resolved_iso;
    std::string age;
    bool is_pinned = false;
};

/// Who changed the status and when, for a page that asks about a change of its own.
struct StatusNews
{
    UserId by;
    base::Text words;
    /// For whoever did it, in another tab.
    base::Text your_words;
};

/// The pill, dates and age.
RequestState request_state(const i18n::Dates& dates, const service_requests::ServiceRequest& request);
/// An event in the staff's words: "resolved it", "wrote an internal note".
HistoryLine history_line(const i18n::Dates& dates, const events::Event& event);

/// Of an event that resolved or reopened.
StatusNews status_news(const i18n::Dates& dates, const events::Event& event);

} // namespace pages::shared
