#include "live/concerns.hpp"

#include "base/text.hpp"

namespace live {

using events::Event;

namespace {

bool is_of_request(const Event& event)
{
    return event.subject == events::Subject::ServiceRequest;
}

// Requests begin or end, somebody takes an emergency, or its address in the bar is corrected.
bool moves_counts(const Event& event)
{
    return events::is_of_status(event.kind) || events::is_of_taking(event.kind) || event.kind == events::Kind::Changed;
}

// The alarm shows a customer's message until somebody has read it.
bool is_of_replies(const Event& event)
{
    return (event.kind == events::Kind::Commented && event.visibility == base::Visibility::Public) ||
           event.kind == events::Kind::ReplyRead;
}

} // namespace

bool is_of_snapshot(web::LiveTopic::Kind kind)
{
    using Kind = web::LiveTopic::Kind;
    return kind == Kind::Counts || kind == Kind::Pinned || kind == Kind::Emergencies;
}

bool is_about_page(const web::LiveTopic& topic, const Event& event)
{
    return is_of_request(event) && topic.service_request.value == event.subject_id;
}

bool may_end_sight(const Event& event)
{
    return event.subject == events::Subject::Account &&
           (event.kind == events::Kind::SharingEnded || event.kind == events::Kind::Unlinked ||
               event.kind == events::Kind::Deactivated);
}

bool concerns(const web::LiveTopic& topic, const Event& event)
{
    using Kind = web::LiveTopic::Kind;
    if (may_end_sight(event))
        return topic.kind == Kind::Request;
    if (!is_of_request(event))
        return false;
    switch (topic.kind) {
    case Kind::Unread:
        return false;
    case Kind::Request:
        return is_about_page(topic, event) || moves_counts(event);
    case Kind::Queue:
    case Kind::Pinned:
        return true;
    case Kind::Emergencies:
        return moves_counts(event) || is_of_replies(event);
    case Kind::Counts:
        return moves_counts(event);
    }
    return false;
}

bool is_end_of_sessions(const Event& event)
{
    return event.subject == events::Subject::User &&
           (event.kind == events::Kind::RoleChanged || event.kind == events::Kind::Deactivated ||
               event.kind == events::Kind::PasswordReset || event.kind == events::Kind::PasswordChanged ||
               event.kind == events::Kind::SessionsEnded || event.kind == events::Kind::FactorOn ||
               event.kind == events::Kind::FactorReset);
}

// Notifications come with what the customer may read, and with an emergency that somebody takes: that reads them.
bool may_notify(const Event& event)
{
    if (event.subject == events::Subject::Account)
        return event.kind == events::Kind::AskedToShare || event.kind == events::Kind::Linked ||
               event.kind == events::Kind::HolderChanged;
    return is_of_request(event) && (event.visibility == base::Visibility::Public || events::is_of_taking(event.kind));
}

UserId former_owner(const Event& event)
{
    const bool is_end = event.kind == events::Kind::FalseAlarm || event.kind == events::Kind::MadeSafe;
    if (!is_of_request(event) || (event.kind != events::Kind::TakenOver && !is_end))
        return {};
    return UserId{base::parse_integer(is_end ? event.before_value : event.after_value).value_or(0)};
}

} // namespace live
