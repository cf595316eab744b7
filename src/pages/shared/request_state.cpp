#include "pages/shared/request_state.hpp"

#include "events/changes.hpp"

#include <fmt/format.h>

namespace pages::shared {

namespace {

using service_requests::ServiceRequest;
using service_requests::Status;

base::Text address_words(const events::ChangedDetail& detail)
{
    if (detail.before.empty())
        return base::Text("added the address: {after}", {{"after", detail.after}});
    return base::Text(
        "corrected the address: {before} → {after}", {{"before", detail.before}, {"after", detail.after}});
}

base::Text what_happened(const events::Event& event)
{
    if (event.kind == events::Kind::Submitted)
        return base::Text("submitted the request");
    if (event.kind == events::Kind::Resolved)
        return base::Text("resolved this request");
    if (event.kind == events::Kind::Reopened)
        return base::Text("reopened this request");
    if (event.kind == events::Kind::Commented)
        return event.visibility == base::Visibility::Internal ? base::Text("wrote an internal note")
                                                              : base::Text("wrote a comment");
    if (event.kind == events::Kind::Attached)
        return base::Text("attached {files}", {{"files", event.after_value}});
    if (event.kind == events::Kind::Taken)
        return base::Text("took care of it: “I have it”");
    if (event.kind == events::Kind::TakenOver)
        return base::Text("took it over from {name}", {{"name", event.before_value}});
    if (event.kind == events::Kind::GivenBack)
        return event.before_value.empty()
                   ? base::Text("could not go on: nobody has it")
                   : base::Text("took {name} off the desk: nobody has it", {{"name", event.before_value}});
    if (event.kind == events::Kind::FalseAlarm)
        return event.after_value.empty()
                   ? base::Text("marked it as a false alarm")
                   : base::Text("marked it as a false alarm: {why}", {{"why", event.after_value}});
    if (event.kind == events::Kind::MadeSafe)
        return base::Text("said that everybody is safe and the gas is off: {why}", {{"why", event.after_value}});
    if (event.kind == events::Kind::ReplyRead)
        return base::Text("read what the customer wrote");
    if (event.kind == events::Kind::WrittenDown)
        return base::Text("wrote it down during a phone call");
    if (event.kind == events::Kind::LinkWithdrawn)
        return base::Text("withdrew the private link");
    if (event.kind == events::Kind::MailedAgain)
        return base::Text("sent an email to {email} again", {{"email", event.after_value}});
    if (event.kind == events::Kind::Changed) {
        for (const events::ChangedDetail& detail : events::changed_details(event))
            return address_words(detail);
    }
    return base::Text("changed something");
}

/// Guests write and reopen, but nobody resolves as one: an imported history does not know who did. A command on the
/// server gives back what somebody had who leaves the desk.
base::Text who(const events::Event& event)
{
    if (!event.actor_name.empty())
        return base::Text::verbatim(event.actor_name);
    const bool is_ours = event.kind == events::Kind::Resolved || event.kind == events::Kind::GivenBack;
    return is_ours ? base::Text("The system") : base::Text("Guest");
}

} // namespace

RequestState request_state(const i18n::Dates& dates, const ServiceRequest& request)
{
    RequestState state;
    state.id = request.id;
    state.version = request.version;
    state.status = request.status;
    state.submitted = dates.exact(request.submitted_at);
    state.submitted_iso = base::iso_utc(request.submitted_at);
    if (request.resolved_at) {
        state.resolved = dates.exact(*request.resolved_at);
        state.resolved_iso = base::iso_utc(*request.resolved_at);
    } else {
        state.age = dates.age(request.submitted_at);
    }
    state.is_pinned = request.is_emergency && request.status == Status::Pending;
    return state;
}

HistoryLine history_line(const i18n::Dates& dates, const events::Event& event)
{
    return {.element_id = fmt::format("h{}", event.id.value),
        .when = dates.friendly(event.created_at),
        .when_iso = base::iso_utc(event.created_at),
        .when_exact = dates.exact(event.created_at),
        .who = who(event),
        .what = what_happened(event)};
}

StatusNews status_news(const i18n::Dates& dates, const events::Event& event)
{
    const std::string when = dates.friendly(event.created_at);
    const bool is_resolved = event.kind == events::Kind::Resolved;
    const auto sentence = [&](const base::Text& name) {
        return is_resolved ? base::Text("{who} resolved this request ({when})", {{"who", name}, {"when", when}})
                           : base::Text("{who} reopened this request ({when})", {{"who", name}, {"when", when}});
    };
    return {.by = event.actor_id,
        .words = sentence(who(event)),
        .your_words = is_resolved ? base::Text("You resolved this request in another tab ({when})", {{"when", when}})
                                  : base::Text("You reopened this request in another tab ({when})", {{"when", when}})};
}

} // namespace pages::shared
