#include "live/staff_pieces.hpp"

#include "base/address/likeness.hpp"
#include "base/reference.hpp"
#include "pages/shared/emergencies/alarm_board.hpp"
#include "pages/shared/emergencies/emergency_here.hpp"
#include "pages/shared/emergencies/emergency_strip.hpp"
#include "pages/shared/queue_query.hpp"
#include "pages/shared/request_state.hpp"
#include "partials/alarm_lines.html.hpp"
#include "shared/answered.html.hpp"
#include "shared/emergency_here.html.hpp"
#include "shared/emergency_strip.html.hpp"
#include "shared/history_line.html.hpp"
#include "shared/pinned_emergencies.html.hpp"
#include "shared/question_over.html.hpp"
#include "shared/queue_row.html.hpp"
#include "shared/request_state.html.hpp"
#include "shared/seen.html.hpp"
#include "shared/send_buttons.html.hpp"
#include "shared/status_button.html.hpp"
#include "shared/timeline_item.html.hpp"
#include "shared/was.html.hpp"
#include "shared/wrote_meanwhile.html.hpp"
#include "web/json.hpp"

#include <algorithm>

namespace live {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

base::Text who(const events::Event& event)
{
    return event.actor_name.empty() ? base::Text("A guest") : base::Text::verbatim(event.actor_name);
}

base::Text words_for(const events::Event& event)
{
    if (event.kind == events::Kind::Commented && event.visibility == base::Visibility::Internal)
        return base::Text("{who} wrote an internal note", {{"who", who(event)}});
    if (event.kind == events::Kind::Commented)
        return base::Text("{who} wrote a comment", {{"who", who(event)}});
    if (event.kind == events::Kind::Resolved)
        return base::Text("{who} resolved this request", {{"who", who(event)}});
    if (event.kind == events::Kind::Reopened)
        return base::Text("{who} reopened this request", {{"who", who(event)}});
    return {};
}

bool is_change_of_status(const events::Event& event)
{
    return event.kind == events::Kind::Resolved || event.kind == events::Kind::Reopened;
}

bool changes_strip(const events::Event& event)
{
    return is_change_of_status(event) || events::is_of_taking(event.kind) || event.kind == events::Kind::Changed;
}

bool is_new(const events::Event& event)
{
    return event.kind == events::Kind::Submitted || event.kind == events::Kind::Reopened;
}

bool is_open_emergency(const ServiceRequest& request)
{
    return request.is_emergency && request.status == Status::Pending;
}

std::string row_html(const Source& source, const pages::shared::QueueRow& row)
{
    return piece(source, [&](web::Html& out) { views::shared::queue_row(out, row); });
}

template <typename Draw>
Message replacing(const Source& source, std::string_view slot, Draw&& draw)
{
    return {"patch", web::json_object({{"slot", slot}, {"mode", "replace"}, {"html", piece(source, draw)}})};
}

Message timeline_message(const Source& source, const events::Event& event, const timeline::Item& item)
{
    const std::string html = piece(source, [&](web::Html& out) { views::shared::timeline_item(out, item); });
    return {"patch", web::json_object({{"slot", "timeline"}, {"mode", "append"}, {"html", html},
                         {"say", words_for(event).say(source.language)}, {"by", std::to_string(event.actor_id.value)},
                         {"until", item.is_comment && item.by_staff ? "" : until_of(event)}})};
}

void add_item(
    std::vector<Message>& messages, const Source& source, const events::Event& event, const timeline::Item& item)
{
    messages.push_back(timeline_message(source, event, item));
    if (item.comment_id)
        messages.push_back(
            replacing(source, "answered", [&](web::Html& out) { views::shared::answered(out, item.comment_id); }));
    if (!item.is_customers_comment())
        return;
    messages.push_back(replacing(source, "seen", [&](web::Html& out) { views::shared::seen(out, item.comment_id); }));
    const std::string html = piece(source, [&](web::Html& out) { views::shared::wrote_meanwhile(out, item); });
    messages.push_back({"patch", web::json_object({{"slot", "unseen"}, {"mode", "append"}, {"html", html}})});
}

/// The open emergency at the address of the page's service request, as it is now.
Message slot_here(const Source& source, const ServiceRequest& page, const base::Text& say)
{
    const auto here = pages::shared::emergency_here(source.pieces(), page);
    const std::string html =
        here ? piece(source, [&](web::Html& out) { views::shared::emergency_here(out, *here); }) : std::string();
    return {"patch", web::json_object({{"slot", "emergency-here"}, {"mode", "replace"}, {"html", html},
                         {"say", here ? say.say(source.language) : std::string()}})};
}

/// Closes a question about the status that a page has open.
Message question_message(const Source& source, const events::Event& event)
{
    const auto news = pages::shared::status_news(source.dates(), event);
    return {"question",
        web::json_object({{"html", piece(source, [&](web::Html& out) { views::shared::question_over(out, news); })}})};
}

} // namespace

std::vector<Message> request_messages(const Source& source, const ServiceRequest& request, const events::Event& event)
{
    std::vector<Message> messages;
    if (const auto item =
            timeline::find_item(source.db, request, event, {source.dates(), timeline::Reader::any_of_the_staff()}))
        add_item(messages, source, event, *item);
    if (is_change_of_status(event)) {
        messages.push_back(question_message(source, event));
        const pages::shared::RequestState state = pages::shared::request_state(source.dates(), request);
        messages.push_back(
            replacing(source, "state", [&](web::Html& out) { views::shared::request_state(out, state); }));
        messages.push_back(replacing(source, "was", [&](web::Html& out) { views::shared::was(out, state); }));
        messages.push_back(
            replacing(source, "send-buttons", [&](web::Html& out) { views::shared::send_buttons(out, state); }));
        messages.push_back(
            replacing(source, "status-button", [&](web::Html& out) { views::shared::status_button(out, state); }));
    }
    if (request.is_emergency && is_change_of_status(event)) {
        messages.push_back(replacing(source, "fold", [](web::Html&) {}));
        messages.push_back(slot_here(source, request, {}));
    }
    if (const auto strip = pages::shared::emergency_strip(source.pieces(), request); strip && changes_strip(event)) {
        messages.push_back(
            replacing(source, "emergency", [&](web::Html& out) { views::shared::emergency_strip(out, *strip); }));
    }
    const pages::shared::HistoryLine line = pages::shared::history_line(source.dates(), event);
    const std::string html = piece(source, [&](web::Html& out) { views::shared::history_line(out, line); });
    messages.push_back({"patch", web::json_object({{"slot", "history"}, {"mode", "append"}, {"html", html}})});
    return messages;
}

std::optional<Message> here_message(
    const Source& source, const ServiceRequest& page, const ServiceRequest& emergency, const events::Event& event)
{
    const bool is_here = !page.address_key.empty() && page.address_key == emergency.address_key;
    if (!is_here && !base::is_perhaps_same_place(page.address, emergency.address))
        return std::nullopt;
    if (!is_new(event))
        return slot_here(source, page, {});
    const std::string reference = base::reference(emergency.id);
    return slot_here(source, page,
        is_here
            ? base::Text("An emergency is open at this address: {reference}", {{"reference", reference}})
            : base::Text("An emergency is open, perhaps at the same place: {reference}", {{"reference", reference}}));
}

std::optional<Message> also_message(
    const Source& source, const ServiceRequest& page, const ServiceRequest& emergency, const events::Event& event)
{
    if (event.kind != events::Kind::Submitted || !page.is_emergency)
        return std::nullopt;
    const auto strip = pages::shared::emergency_strip(source.pieces(), page);
    if (std::ranges::find(strip->also, emergency.id, &pages::shared::EmergencyStrip::Also::id) == strip->also.end())
        return std::nullopt;
    return replacing(source, "emergency", [&](web::Html& out) { views::shared::emergency_strip(out, *strip); });
}

std::optional<Message> queue_message(
    const Source& source, const ServiceRequest& request, const events::Event& event, std::string_view filter)
{
    const web::Site& site = source.site;
    const base::Time now = site.clock.now();
    const auto types =
        site.recent->get(request_types::list_request_types, now, [&]() -> db::Connection& { return source.db; });
    const pages::shared::QueueQuery query =
        pages::shared::read_queue_query(pages::shared::split_query(filter), *types, site.zone, now);
    if (!queue::matches(source.db, query.filter, request.id) && !is_change_of_status(event))
        return std::nullopt;
    const pages::shared::QueueRow row = pages::shared::queue_rows(source.pieces(), {&request, 1}).front();
    // Goes on top of the list of emergencies; other lists have it among the pinned ones.
    if (is_open_emergency(request) && is_new(event))
        return Message{"emergency", web::json_object({{"html", row_html(source, row)}})};
    const std::string say = event.kind == events::Kind::Submitted
                                ? base::Text("New request: {title}", {{"title", row.title}}).say(source.language)
                                : std::string();
    return Message{"row", web::json_object({{"mode", is_new(event) ? "insert" : "replace"},
                              {"html", row_html(source, row)}, {"say", say}})};
}

Message pinned_message(const Source& source)
{
    const auto pinned = pages::shared::pinned_emergencies(source.pieces());
    const std::string html = piece(source, [&](web::Html& out) { views::shared::pinned_emergencies(out, pinned); });
    return {"pinned", web::json_object({{"html", pinned.empty() ? "" : html}})};
}

Message alarms_message(const Source& source)
{
    const auto board = pages::shared::alarm_board(source.pieces(), queue::count_emergencies(source.db));
    const std::string html = piece(source, [&](web::Html& out) { views::partials::alarm_lines(out, board); });
    return {"alarms", web::json_object({{"html", html}})};
}

Message former_owner_message(const web::PageLanguage& language, const events::Event& event)
{
    const std::string reference = base::reference(ServiceRequestId{event.subject_id});
    auto words = base::Text("{who} took over {reference}", {{"who", who(event)}, {"reference", reference}});
    if (event.kind == events::Kind::MadeSafe)
        words =
            base::Text("{who} resolved {reference}, which you had", {{"who", who(event)}, {"reference", reference}});
    if (event.kind == events::Kind::FalseAlarm)
        words = base::Text("{who} resolved {reference}, which you had, as a false alarm",
            {{"who", who(event)}, {"reference", reference}});
    return {"said", web::json_object({{"words", words.say(language)}})};
}

Message counts_message(const Source& source)
{
    using pages::shared::emergency_words;
    const auto counts = queue::count_queue(source.db, source.site.zone.start_of_day(source.site.clock.now()));
    return {"counts",
        web::json_object(
            {{"open", std::to_string(counts.open)}, {"emergencies", std::to_string(counts.emergencies.nobody_has())},
                {"resolved", std::to_string(counts.resolved_today)},
                {"folded", pages::shared::folded_words(counts.emergencies.nobody_has()).say(source.language)},
                {"words",
                    emergency_words(counts.emergencies.nobody_has(), counts.emergencies.open).say(source.language)}})};
}

} // namespace live
