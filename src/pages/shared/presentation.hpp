#pragma once

#include "base/reference.hpp"
#include "base/time.hpp"
#include "pages/shared/conversation.hpp"
#include "pages/shared/views.hpp"
#include "request_types/request_type.hpp"
#include "service_requests/title.hpp"
#include "web/page.hpp"
#include "web/site.hpp"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace pages::shared {

/// The instant for lists and timelines: "today, 4:31 PM".
inline Moment friendly_moment(const i18n::Dates& dates, base::Time at)
{
    auto [friendly, exact] = dates.both(at);
    return {std::move(friendly), base::iso_utc(at), std::move(exact)};
}

/// The instant with the zone's name: "Nov 16, 2026, 4:31 PM EST".
inline Moment exact_moment(const i18n::Dates& dates, base::Time at)
{
    std::string exact = dates.exact(at);
    return {exact, base::iso_utc(at), exact};
}

/// The name of a request type in the reader's language.
inline std::string shown_type(const i18n::Language& language, std::string_view name)
{
    return language.say(request_types::in_words(name));
}

/// The title of a service request; one without words is called as its type.
inline std::string shown_title(const i18n::Language& language, const service_requests::ServiceRequest& request)
{
    std::string title = service_requests::title_of(request.description, {});
    return title.empty() ? shown_type(language, request.type_name) : title;
}

/// The types that a form offers: active ones only.
inline std::vector<TypeCard> type_cards(const std::vector<request_types::RequestType>& types)
{
    std::vector<TypeCard> cards;
    for (const auto& type : types) {
        if (type.is_active)
            cards.push_back({type.slug, request_types::in_words(type.name), request_types::in_words(type.hint),
                type.icon, type.is_emergency});
    }
    return cards;
}

/// An open leak that was resolved before: each change of the status counts the version up.
inline bool is_leak_again(const service_requests::ServiceRequest& request)
{
    return request.is_emergency && request.status == service_requests::Status::Pending && request.version > 1;
}

/// Staff wrote down a call about it, and it was not reopened since: a call about what was resolved is none about this.
inline bool is_fresh_call(const service_requests::ServiceRequest& request)
{
    return request.channel == service_requests::Channel::Phone && !is_leak_again(request);
}

/// What the comment's form of the customer's page does for this reader.
inline CommentActions comment_actions(
    const service_requests::ServiceRequest& request, const web::SiteRules& rules, UserId reader)
{
    return {.id = request.id,
        .version = request.version,
        .is_resolved = request.status == service_requests::Status::Resolved,
        .is_leak = request.is_emergency,
        .reply_reopens = rules.reply_reopens,
        .sender = request.user_id == reader ? std::string() : request.customer_name};
}

inline StateView state_of(
    const i18n::Dates& dates, const service_requests::ServiceRequest& request, const std::vector<timeline::Item>& items)
{
    StateView state{.status = request.status,
        .is_emergency = request.is_emergency,
        .submitted = exact_moment(dates, request.submitted_at),
        .answered = {},
        .reopened = {},
        .answer_by = {},
        .resolved = {},
        .taken = {},
        .address = request.address,
        .is_by_phone = is_fresh_call(request),
        .is_leak_again = is_leak_again(request)};
    base::Time waits_since = request.submitted_at;
    for (const timeline::Item& item : items) {
        const Moment when{item.when, item.when_iso, item.when_exact};
        if (!item.is_comment && item.kind == events::Kind::Reopened) {
            state.reopened = when;
            waits_since = item.at;
        } else if (item.is_comment && item.by_staff && !item.is_internal) {
            if (!state.answered || state.reopened)
                state.answered = when;
            state.reopened.reset();
        }
    }
    const base::Time answer_by = waits_since + request.answer_within;
    if (!state.is_emergency && (!state.answered || state.reopened) && answer_by > dates.now())
        state.answer_by = friendly_moment(dates, answer_by);
    if (state.is_open_leak() && request.taken_at)
        state.taken = friendly_moment(dates, *request.taken_at);
    if (request.resolved_at)
        state.resolved = exact_moment(dates, *request.resolved_at);
    return state;
}

/// The same for a page with the newest entries only.
inline StateView state_of(web::Context& ctx, const service_requests::ServiceRequest& request,
    const ConversationView& conversation, const timeline::Reader& reader)
{
    const i18n::Dates dates = ctx.dates();
    if (!conversation.entries.is_cut())
        return state_of(dates, request, conversation.entries.items);
    return state_of(dates, request, timeline::list_turns(ctx.db(), request, {dates, reader}));
}

} // namespace pages::shared
