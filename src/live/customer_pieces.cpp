#include "live/customer_pieces.hpp"

#include "pages/shared/emergencies/leak_received.hpp"
#include "pages/shared/presentation.hpp"
#include "shared/comment_buttons.html.hpp"
#include "shared/comment_head.html.hpp"
#include "shared/leak_urgent.html.hpp"
#include "shared/next_steps.html.hpp"
#include "shared/state.html.hpp"
#include "shared/timeline_item.html.hpp"
#include "web/json.hpp"

#include <algorithm>
#include <iterator>

namespace live {

namespace {

using namespace service_requests;

// What is read out: the news, and nothing for what the reader did.
base::Text announcement(const timeline::Item& item)
{
    if (item.by_viewer)
        return {};
    if (item.is_comment)
        return base::Text("{name} replied", {{"name", item.author}});
    if (item.kind == events::Kind::Resolved)
        return base::Text("Your request is resolved");
    if (item.kind == events::Kind::Reopened)
        return base::Text("Your request is open again");
    return {};
}

template <typename Draw>
Message replacing(const Source& source, std::string_view slot, Draw&& draw, const base::Text& say = {})
{
    return {"patch", web::json_object({{"slot", slot}, {"mode", "replace"}, {"html", piece(source, draw)},
                         {"say", say.say(source.language)}})};
}

/// What follows the status, and who has a leak.
std::vector<Message> state_messages(
    const Source& source, const ServiceRequest& request, const base::Visitor& reader, const base::Text& say = {})
{
    const i18n::Dates dates = source.dates();
    auto state = pages::shared::state_of(dates, request, timeline::list_turns(source.db, request, {dates, reader}));
    state.is_own = request.user_id == reader.user_id;
    state.has_comment_form = state.is_own;
    if (state.is_open_leak())
        state.must_call_911 = pages::shared::leak_received(source.pieces(), request).must_call_911();
    const web::SiteNames& names = source.site.names;
    std::vector<Message> messages;
    messages.push_back(replacing(
        source, "state", [&](web::Html& out) { views::shared::state(out, state, names); }, say));
    messages.push_back(
        replacing(source, "next", [&](web::Html& out) { views::shared::next_steps(out, state, names); }));
    if (state.is_emergency)
        messages.push_back(
            replacing(source, "urgent", [&](web::Html& out) { views::shared::leak_urgent(out, state, names); }));
    return messages;
}

} // namespace

std::vector<Message> customer_messages(
    const Source& source, const ServiceRequest& request, const events::Event& event, const base::Visitor& reader)
{
    if (events::is_of_taking(event.kind))
        return state_messages(source, request, reader,
            event.kind == events::Kind::Taken ? base::Text("One of our staff has your report") : base::Text());
    const i18n::Dates dates = source.dates();
    const auto item = timeline::find_item(source.db, request, event, {dates, reader});
    if (!item)
        return {};
    const std::string html = piece(source, [&](web::Html& out) { views::shared::timeline_item(out, *item); });
    std::vector<Message> messages;
    messages.push_back({"patch",
        web::json_object({{"slot", "timeline"}, {"mode", "append"}, {"html", html},
            {"say", announcement(*item).say(source.language)}, {"until", item->by_viewer ? "" : until_of(event)}})});
    const bool is_change = event.kind == events::Kind::Resolved || event.kind == events::Kind::Reopened;
    if (is_change || item->by_staff)
        std::ranges::move(state_messages(source, request, reader), std::back_inserter(messages));
    if (is_change) {
        const auto actions = pages::shared::comment_actions(request, source.site.rules, reader.user_id);
        messages.push_back(
            replacing(source, "comment-head", [&](web::Html& out) { views::shared::comment_head(out, actions); }));
        messages.push_back(replacing(
            source, "comment-buttons", [&](web::Html& out) { views::shared::comment_buttons(out, actions); }));
    }
    return messages;
}

} // namespace live
