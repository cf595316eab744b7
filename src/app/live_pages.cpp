#include "app/live_pages.hpp"

#include "admin/queue_query.hpp"
#include "base/error.hpp"
#include "base/text.hpp"
#include "events/position.hpp"
#include "service_requests/service_request.hpp"

namespace app {

namespace {

std::int64_t number_of(std::optional<std::string_view> text)
{
    if (!text)
        return 0;
    const auto number = base::parse_integer(*text);
    if (!number)
        throw base::BadRequest("The address of this stream is not one we use.");
    return *number;
}

std::string checked_position(std::string_view text)
{
    if (!events::is_position(text))
        throw base::BadRequest("The address of this stream is not one we use.");
    return std::string(text);
}

// What the browser says by itself, what our script says when it comes back, what the page was drawn with.
std::string known_position(web::Context& ctx)
{
    const std::string_view resumed = ctx.request().header("last-event-id");
    if (events::is_position(resumed))
        return std::string(resumed);
    if (const auto last = ctx.request().query_value("last"))
        return checked_position(*last);
    if (const auto after = ctx.request().query_value("after"))
        return checked_position(*after);
    return events::position_now(ctx.db());
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
        const auto types = ctx.recent(request_types::list_request_types);
        admin::read_queue_query(admin::split_query(*queue), *types, ctx.site().zone, ctx.now());
        subscription->is_queue = true;
        subscription->queue_query = *queue;
    }
    subscription->position = known_position(ctx);

    http::Response response;
    response.content_type = "text/event-stream";
    response.compressible = false;
    response.body = http::EventStreamBody{[subscription, &hub](std::shared_ptr<http::EventSink> sink) {
        subscription->sink = std::move(sink);
        hub.add(subscription);
    }};
    return response;
}

} // namespace app
