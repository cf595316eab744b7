#include "live/stream_pages.hpp"

#include "base/error.hpp"
#include "pages/shared/queue_query.hpp"
#include "service_requests/service_request.hpp"

#include <algorithm>

namespace live {

namespace {

using Kind = web::LiveTopic::Kind;

constexpr std::size_t most_pages = 64;

// Refused here: a round must never meet a filter it cannot read.
void check_filter(web::Context& ctx, std::string_view filter)
{
    pages::shared::read_queue_query(
        pages::shared::split_query(filter), *ctx.recent(request_types::list_request_types), ctx.site().zone, ctx.now());
}

void check_right(web::Context& ctx, const web::LiveTopic& topic)
{
    if (topic.is_for_staff() && !ctx.visitor().is_staff())
        throw base::Forbidden("the desk is the staff's");
    if (topic.kind == Kind::Request)
        service_requests::get_service_request(ctx.db(), ctx.visitor(), topic.service_request);
    if (topic.kind == Kind::Queue)
        check_filter(ctx, topic.filter);
}

/// The topic if it is one and the visitor may see it.
std::optional<web::LiveTopic> permitted_topic(web::Context& ctx, std::string_view text)
{
    auto topic = web::parse_live_topic(text);
    try {
        if (topic)
            check_right(ctx, *topic);
        return topic;
    } catch (const base::NotFound&) {
        return std::nullopt;
    } catch (const base::Forbidden&) {
        return std::nullopt;
    } catch (const base::BadRequest&) {
        return std::nullopt;
    }
}

std::vector<std::string_view> words_of(std::string_view text)
{
    std::vector<std::string_view> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        if (end > 0)
            words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

// "POSITION TOPIC TOPIC". Without a position of ours a page reloads and receives nothing else.
web::LivePage read_page(web::Context& ctx, std::string_view text)
{
    const auto words = words_of(text);
    if (words.empty())
        return {};
    const std::string_view resumed = ctx.request().header("last-event-id");
    web::LivePage page{.position = std::string(resumed.empty() ? words.front() : resumed), .topics = {}};
    for (std::size_t i = 1; i < words.size(); ++i) {
        auto topic = permitted_topic(ctx, words[i]);
        if (!topic)
            return {};
        page.topics.push_back(*std::move(topic));
    }
    std::sort(page.topics.begin(), page.topics.end());
    page.topics.erase(std::unique(page.topics.begin(), page.topics.end()), page.topics.end());
    return page;
}

} // namespace

std::vector<web::LivePage> read_pages(web::Context& ctx)
{
    std::vector<web::LivePage> pages;
    for (const auto& [name, value] : ctx.request().query) {
        if (name == "page" && pages.size() <= most_pages)
            pages.push_back(read_page(ctx, value));
    }
    if (pages.empty() || pages.size() > most_pages)
        throw base::BadRequest(base::Text("The web address of this stream is not one we use."));
    return pages;
}

} // namespace live
