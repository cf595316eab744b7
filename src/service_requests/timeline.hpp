#pragma once

#include "events/event.hpp"
#include "service_requests/service_request.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace service_requests {

/// An attachment as it stands in the timeline.
struct TimelineFile
{
    std::string url;
    std::string name;
    std::string size;
    bool is_image = false;
};

/// One entry of "Messages and events" as one viewer sees it: a comment or an event, ready to lay out.
struct TimelineItem
{
    /// "c12" for a comment, "e34" for an event: a pushed copy replaces, never doubles.
    std::string element_id;
    bool is_comment = false;
    bool is_internal = false;
    bool by_staff = false;
    bool by_viewer = false;
    std::string author;
    std::string initials;
    /// A comment's paragraphs.
    std::vector<std::string> paragraphs;
    /// An event's kind ("submitted", "resolved", "reopened") and who did it ("You", "Ravi Patel, Support").
    std::string kind;
    std::string when;
    std::string when_iso;
    std::vector<TimelineFile> files;
};

/// The lines of a text that are not blank: what pages show as paragraphs.
std::vector<std::string> paragraphs_of(std::string_view text);

/// Everything said and done, oldest first: the description with its files as the first comment, then events and
/// comments in order of time. Internal ones only for staff. Customers see staff by their full name.
std::vector<TimelineItem> timeline(db::Connection& db, const base::Zone& zone, base::Time now,
    const ServiceRequest& request, const base::Visitor& viewer);
/// The entry that one event adds; nothing when the viewer may not see it or it adds none.
std::optional<TimelineItem> timeline_item(db::Connection& db, const base::Zone& zone, base::Time now,
    const ServiceRequest& request, const events::Event& event, const base::Visitor& viewer);

} // namespace service_requests
