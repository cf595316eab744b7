#include "live/round.hpp"

#include "base/error.hpp"
#include "base/log.hpp"
#include "base/text.hpp"
#include "events/position.hpp"
#include "live/concerns.hpp"
#include "live/customer_pieces.hpp"
#include "live/staff_pieces.hpp"
#include "notifications/notification.hpp"
#include "service_requests/of_owner.hpp"
#include "web/json.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

namespace live {

namespace {

using Kind = web::LiveTopic::Kind;
using events::Event;

// A stream that more waits for than http::EventStream holds is cut off.
constexpr std::size_t largest_batch = 48 * 1024;
// Half of the limit: a stream whose pages nothing concerned still gets a new position before its own is too old.
constexpr std::size_t most_passed = events::most_new_events / 2;

bool is_urgent(const Message& message)
{
    return message.name == "alarms" || message.name == "counts";
}

bool shows_unread(const web::LivePage& page)
{
    return std::any_of(
        page.topics.begin(), page.topics.end(), [](const web::LiveTopic& topic) { return topic.kind == Kind::Unread; });
}

/// Nothing on such a page but the count is live: it needs no reload, which would cost what somebody typed there.
bool shows_only_unread(const web::LivePage& page)
{
    return !page.topics.empty() && std::all_of(page.topics.begin(), page.topics.end(),
                                       [](const web::LiveTopic& topic) { return topic.kind == Kind::Unread; });
}

std::vector<Message> list_of(std::optional<Message> message)
{
    std::vector<Message> messages;
    if (message)
        messages.push_back(*std::move(message));
    return messages;
}

/// Rendered once a round in each language, however many pages show it.
template <typename Render>
std::vector<Message> once(
    std::map<const web::PageLanguage*, Message>& rendered, const web::PageLanguage& language, Render&& render)
{
    auto found = rendered.find(&language);
    if (found == rendered.end())
        found = rendered.emplace(&language, render()).first;
    return {found->second};
}

} // namespace

Round::Round(const web::Site& site, const Streams& streams)
    : site_(site),
      streams_(streams),
      lease_(std::make_unique<db::ReadLease>(site.database.read())),
      to_(events::position_now(**lease_)),
      batches_(streams.size())
{
    // Most pages have the same position; one that just connected, perhaps from another node, may have an older one.
    std::map<std::string_view, Targets> by_position;
    for (std::size_t stream = 0; stream < streams.size(); ++stream)
        for (std::size_t page = 0; page < streams[stream]->pages.size(); ++page)
            by_position[streams[stream]->pages[page].position].push_back({stream, page});
    by_position.erase(to_);
    for (auto& [from, targets] : by_position)
        groups_.push_back({std::move(targets), events::list_new_events(db(), from, to_)});
}

bool Round::ends_sessions() const
{
    return std::any_of(groups_.begin(), groups_.end(), [](const Group& group) {
        return group.new_events && std::any_of(group.new_events->begin(), group.new_events->end(), is_end_of_sessions);
    });
}

void Round::render_all()
{
    for (const Group& group : groups_)
        render_group(group);
    render_unread_counts();
}

Streams Round::receivers() const
{
    Streams receivers;
    for (std::size_t number = 0; number < streams_.size(); ++number) {
        if (!batches_[number].empty())
            receivers.push_back(streams_[number]);
    }
    return receivers;
}

void Round::send_all()
{
    for (std::size_t number = 0; number < streams_.size(); ++number)
        send(number);
}

void Round::render_group(const Group& group)
{
    if (!group.new_events) {
        Targets others = group.targets;
        std::erase_if(others,
            [this](const Target& target) { return shows_only_unread(streams_[target.stream]->pages[target.page]); });
        enqueue(others, {"reload", "{}"});
        return;
    }
    std::map<Audience, Targets> audiences;
    for (const Target& target : group.targets) {
        web::LiveStream& stream = *streams_[target.stream];
        stream.passed += group.new_events->size();
        for (const web::LiveTopic& topic : stream.pages[target.page].topics)
            audiences[{topic, stream.visitor.is_staff() ? UserId() : stream.visitor.user_id, stream.language}]
                .push_back(target);
    }
    for (const auto& [audience, targets] : audiences)
        render_for(audience, targets, *group.new_events);
    for (const Event& event : *group.new_events) {
        if (const UserId owner = former_owner(event))
            tell_former_owner(group.targets, owner, event);
    }
}

void Round::tell_former_owner(const Targets& targets, UserId owner, const Event& event)
{
    for (const Target& target : targets) {
        const web::LiveStream& stream = *streams_[target.stream];
        if (stream.visitor.is_staff() && stream.visitor.user_id == owner)
            enqueue({target}, former_owner_message(*stream.language, event));
    }
}

void Round::render_for(const Audience& audience, const Targets& targets, const std::vector<Event>& events)
{
    const web::LiveStream& first = *streams_[targets.front().stream];
    bool is_complete = true;
    bool is_rendered = false;
    for (const Event& event : events) {
        if (is_rendered || !concerns(audience.topic, event))
            continue;
        try {
            std::vector<Message> messages = render(audience.topic, first, event);
            is_rendered = is_of_snapshot(audience.topic.kind) && !messages.empty();
            if (audience.topic.kind == Kind::Request && is_about_page(audience.topic, event))
                note_readers(targets);
            for (Message& message : messages)
                enqueue(targets, std::move(message));
        } catch (const base::Unavailable&) {
            throw;
        } catch (const std::exception& error) {
            base::log::error(fmt::format("live pages: event {}: {}", event.id.value, error.what()));
            lease_.reset();
            lease_ = std::make_unique<db::ReadLease>(site_.database.read());
            is_complete = false;
        }
    }
    if (!is_complete)
        enqueue(targets, {"reload", "{}"});
}

std::vector<Message> Round::render(const web::LiveTopic& topic, const web::LiveStream& first, const Event& event)
{
    const base::Visitor& reader = first.visitor;
    if (may_end_sight(event))
        return still_sees(reader, topic.service_request) ? std::vector<Message>()
                                                         : list_of(Message{"reload", R"({"gone":true})"});
    if (reader.is_staff())
        return render_for_staff(topic, *first.language, event);
    if (!is_about_page(topic, event))
        return {};
    if (event.visibility == base::Visibility::Internal && !events::is_of_taking(event.kind))
        return {};
    // Not theirs any more: thrown, and the page reloads into "not found".
    const auto request = service_requests::get_service_request(db(), reader, topic.service_request);
    return customer_messages({site_, db(), *first.language}, request, event, reader);
}

bool Round::still_sees(const base::Visitor& reader, ServiceRequestId id)
{
    if (reader.is_staff())
        return true;
    try {
        service_requests::get_service_request(db(), reader, id);
        return true;
    } catch (const base::NotFound&) {
        return false;
    }
}

std::vector<Message> Round::render_for_staff(
    const web::LiveTopic& topic, const web::PageLanguage& language, const Event& event)
{
    const Source source{site_, db(), language};
    if (topic.kind == Kind::Counts)
        return once(counts_, language, [&] { return counts_message(source); });
    const bool is_of_any = topic.kind == Kind::Queue || is_about_page(topic, event);
    // What was missed may be a thousand events: those that the page does not show are not read.
    if (!is_of_any && !is_emergency(ServiceRequestId{event.subject_id}))
        return {};
    const auto& request = staff_view(ServiceRequestId{event.subject_id});
    switch (topic.kind) {
    case Kind::Request:
        if (!is_about_page(topic, event)) {
            const auto& page = staff_view(topic.service_request);
            auto here = here_message(source, page, request, event);
            return list_of(here ? std::move(here) : also_message(source, page, request, event));
        }
        return request_messages(source, request, event);
    case Kind::Queue:
        return list_of(queue_message(source, request, event, topic.filter));
    case Kind::Pinned:
        return once(pinned_, language, [&] { return pinned_message(source); });
    case Kind::Emergencies:
        return once(alarms_, language, [&] { return alarms_message(source); });
    default:
        return {};
    }
}

const service_requests::ServiceRequest& Round::staff_view(ServiceRequestId id)
{
    const auto seen = seen_by_staff_.find(id);
    if (seen != seen_by_staff_.end())
        return seen->second;
    return seen_by_staff_.emplace(id, service_requests::get_service_request_for_staff(db(), id)).first->second;
}

bool Round::is_emergency(ServiceRequestId id)
{
    const auto known = emergencies_.find(id);
    if (known != emergencies_.end())
        return known->second;
    return emergencies_.emplace(id, service_requests::is_emergency(db(), id)).first->second;
}

void Round::note_readers(const Targets& targets)
{
    for (const Target& target : targets)
        readers_.insert(target.stream);
}

void Round::enqueue(const Targets& targets, Message message)
{
    const auto shared = std::make_shared<const Message>(std::move(message));
    std::size_t last = streams_.size();
    for (const Target& target : targets) {
        Batch& batch = batches_[target.stream];
        if (target.stream != last)
            batch.push_back({{}, shared});
        batch.back().pages.push_back(target.page);
        last = target.stream;
    }
}

void Round::render_unread_counts()
{
    const bool is_due = std::any_of(groups_.begin(), groups_.end(), [](const Group& group) {
        return !group.new_events || std::any_of(group.new_events->begin(), group.new_events->end(), may_notify);
    });
    if (!is_due)
        return;
    std::map<std::size_t, Targets> targets;
    std::set<UserId> users;
    for (std::size_t stream = 0; stream < streams_.size(); ++stream)
        for (std::size_t page = 0; page < streams_[stream]->pages.size(); ++page) {
            if (shows_unread(streams_[stream]->pages[page])) {
                targets[stream].push_back({stream, page});
                users.insert(streams_[stream]->visitor.user_id);
            }
        }
    const std::vector<UserId> asked(users.begin(), users.end());
    const auto counts = notifications::count_unread(db(), asked);
    for (const auto& [stream, pages] : targets) {
        const auto found = counts.find(streams_[stream]->visitor.user_id);
        const auto [count, times] = found == counts.end() ? notifications::Unread() : found->second;
        // Also when one was renewed: a list of them shows that.
        const auto now = std::pair(count, times);
        if (streams_[stream]->unread != now)
            enqueue(pages, {"count", web::json_number("unread", count)});
        told_unread_[stream] = readers_.contains(stream) ? std::nullopt : std::optional(now);
    }
}

std::string Round::text_of(const Batch& batch)
{
    std::size_t room = largest_batch;
    std::set<std::size_t> reloading;
    std::string text = "[";
    for (const Entry& entry : batch) {
        const Message& message = *entry.message;
        if (message.data.size() > room && !is_urgent(message)) {
            reloading.insert(entry.pages.begin(), entry.pages.end());
            continue;
        }
        room -= std::min(room, message.data.size());
        fmt::format_to(std::back_inserter(text), R"({}{{"for":[{}],"name":"{}","data":{}}})",
            text.size() > 1 ? "," : "", fmt::join(entry.pages, ","), message.name, message.data);
    }
    if (!reloading.empty())
        fmt::format_to(std::back_inserter(text), R"({}{{"for":[{}],"name":"reload","data":{{}}}})",
            text.size() > 1 ? "," : "", fmt::join(reloading, ","));
    return text + "]";
}

void Round::send(std::size_t number)
{
    web::LiveStream& stream = *streams_[number];
    if (!stream.sink->is_open())
        return;
    stream.has_caught_up = true;
    if (const auto told = told_unread_.find(number); told != told_unread_.end())
        stream.unread = told->second;
    const Batch& batch = batches_[number];
    if (!batch.empty() || stream.passed > most_passed) {
        stream.sink->push(web::sse_message(to_, "round", text_of(batch)));
        stream.passed = 0;
    }
    for (web::LivePage& page : stream.pages)
        page.position = to_;
}

} // namespace live
