#include "live/stream.hpp"

#include "base/text.hpp"
#include "live/stream_pages.hpp"

namespace live {

namespace {

constexpr std::size_t longest_browser_name = 32;

http::Response stream_of(http::EventStreamBody body)
{
    http::Response response;
    response.content_type = "text/event-stream";
    response.compressible = false;
    response.body = std::move(body);
    return response;
}

// A browser follows a redirect to the sign-in page and tells its script nothing about it.
http::Response say_goodbye()
{
    return stream_of({[](const std::shared_ptr<http::EventSink>& sink) {
        sink->push(web::signed_out_message());
        sink->close();
    }});
}

bool is_for_somebody_else(const web::Context& ctx)
{
    const auto user = ctx.request().query_value("user");
    return ctx.visitor().is_guest() || (user && base::parse_integer(*user) != ctx.visitor().user_id.value);
}

} // namespace

http::Response open_stream(web::Context& ctx, web::LiveHub& hub)
{
    if (is_for_somebody_else(ctx))
        return say_goodbye();
    auto stream = std::make_shared<web::LiveStream>();
    stream->visitor = ctx.visitor();
    stream->language = &ctx.language();
    stream->session_hash = ctx.session_hash();
    stream->browser = ctx.request().query_value("browser").value_or("").substr(0, longest_browser_name);
    stream->pages = read_pages(ctx);
    return stream_of({[stream, &hub](std::shared_ptr<http::EventSink> sink) {
        stream->sink = std::move(sink);
        hub.add(stream);
    }});
}

} // namespace live
