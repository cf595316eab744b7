#include "web/live/topic.hpp"

#include "base/text.hpp"

#include <array>
#include <utility>

namespace web {

namespace {

using Kind = LiveTopic::Kind;

constexpr std::array<std::pair<std::string_view, Kind>, 4> plain_topics{
    {{"unread", Kind::Unread}, {"pinned", Kind::Pinned}, {"emergencies", Kind::Emergencies}, {"counts", Kind::Counts}}};

std::optional<LiveTopic> parse_request(std::string_view number)
{
    const auto id = base::parse_integer(number);
    if (!id || *id == 0)
        return std::nullopt;
    return LiveTopic{.kind = Kind::Request, .service_request = ServiceRequestId{*id}, .filter = {}};
}

} // namespace

std::optional<LiveTopic> parse_live_topic(std::string_view text)
{
    constexpr std::string_view request = "request:";
    constexpr std::string_view queue = "queue:";
    for (const auto& [name, kind] : plain_topics) {
        if (text == name)
            return LiveTopic{.kind = kind, .service_request = {}, .filter = {}};
    }
    if (text.starts_with(request))
        return parse_request(text.substr(request.size()));
    if (text.starts_with(queue))
        return LiveTopic{.kind = Kind::Queue, .service_request = {}, .filter = std::string(text.substr(queue.size()))};
    return std::nullopt;
}

} // namespace web
