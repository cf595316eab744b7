#pragma once

#include "base/ids.hpp"

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace web {

/// One of the things that an open page shows and gets updates for. Pages name their topics separated by spaces.
struct LiveTopic
{
    enum class Kind : std::uint8_t
    {
        /// "unread": the visitor's count of unread notifications.
        Unread,
        /// "request:42": a service request.
        Request,
        /// "queue:?status=Pending": the staff's list with this filter, its words percent-encoded.
        Queue,
        /// "pinned": rows of open emergencies on top of a list.
        Pinned,
        /// "emergencies": the alarm on every page of the desk.
        Emergencies,
        /// "counts": the numbers in the side bar.
        Counts
    };
    Kind kind = Kind::Unread;
    /// Of Request.
    ServiceRequestId service_request;
    /// Of Queue.
    std::string filter;

    /// True for topics that only the staff may see.
    bool is_for_staff() const { return kind != Kind::Unread && kind != Kind::Request; }
    friend auto operator<=>(const LiveTopic&, const LiveTopic&) = default;
};

/// Read a topic; nothing for an invalid one.
std::optional<LiveTopic> parse_live_topic(std::string_view text);

} // namespace web
