#include "app/live_pages.hpp"

#include "admin/queue_query.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "service_requests/service_request.hpp"

#include <algorithm>

namespace app {

namespace {

// Whoever missed more than this reloads the page instead of being told one by one.
constexpr std::int64_t most_missed_events = 1000;

std::int64_t number_of(std::optional<std::string_view> text)
{
    if (!text)
        return 0;
    const auto number = base::parse_integer(*text);
    if (!number)
        throw base::BadRequest("The address of this stream is not one we use.");
    return *number;
}

EventId known_event(web::Context& ctx)
{
    const std::string_view resumed = ctx.request().header("last-event-id");
    if (const auto id = base::parse_integer(resumed))
        return EventId{*id};
    if (const auto last = ctx.request().query_value("last"))
        return EventId{number_of(last)};
    return EventId{number_of(ctx.request().query_value("after"))};
}

} // namespace

http::Response open_stream(web::Context& ctx, web::LiveHub& hub)
{
    auto subscription = std::make_shared<web::Subscription>();
    subscription->visitor = ctx.visitor();
    subscription->session_hash = ctx.session_hash();
    subscription->service_request = ServiceRequestId{number_of(ctx.request().query_value("request"))};
    if (subscription->service_request)
        service_requests::get_service_request(ctx.db(), ctx.visitor(), subscription->service_request);
    if (const auto queue = ctx.request().query_value("queue")) {
        if (!ctx.visitor().is_staff())
            throw base::Forbidden("the queue is the staff's");
        // Refused here: the dispatcher serves all pages and must never meet a filter it cannot read.
        const auto types = request_types::list_request_types(ctx.db());
        admin::read_queue_query(admin::split_query(*queue), types, ctx.site().zone, ctx.now());
        subscription->is_queue = true;
        subscription->queue_query = *queue;
    }
    const EventId latest = events::latest_event(ctx.db());
    const EventId known = known_event(ctx);
    const bool is_far_behind = known && latest.value - known.value > most_missed_events;
    subscription->position = known && !is_far_behind ? std::min(known, latest) : latest;

    http::Response response;
    response.content_type = "text/event-stream";
    response.compressible = false;
    response.body = http::EventStreamBody{[subscription, &hub, is_far_behind](std::shared_ptr<http::EventSink> sink) {
        subscription->sink = std::move(sink);
        if (is_far_behind)
            subscription->sink->push(web::sse_message(subscription->position, "reload", "{}"));
        hub.add(subscription);
    }};
    return response;
}

} // namespace app
