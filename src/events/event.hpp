#pragma once
// events/ is the history: what happened to service requests, users, accounts and exports, who did it and when.
// Append-only. Live pages follow it by id, so whatever is shown live is an event first.

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"
#include "events/kind.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace events {

/// What the event is about; the database's words are "service_request", "user", "account", "export".
enum class Subject : std::uint8_t
{
    ServiceRequest,
    User,
    Account,
    Export
};

struct Event
{
    EventId id;
    Subject subject = Subject::ServiceRequest;
    std::int64_t subject_id = 0;
    UserId actor_id;
    /// Empty when the actor is nobody (a guest, the system).
    std::string actor_name;
    bool actor_is_staff = false;
    Kind kind = Kind::Unknown;
    base::Visibility visibility = base::Visibility::Internal;
    std::string before_value;
    std::string after_value;
    CommentId comment_id;
    base::Time created_at{};
};

struct NewEvent
{
    Subject subject = Subject::ServiceRequest;
    std::int64_t subject_id = 0;
    Kind kind = Kind::Unknown;
    base::Visibility visibility = base::Visibility::Internal;
    std::string_view before_value = {};
    std::string_view after_value = {};
    CommentId comment_id = {};
};

/// Append to the history; the actor is the act's visitor. Returns no id, so that PostgreSQL needs no round trip: what
/// the history refuses is refused by the next statement or by the commit.
void add_event(db::Transaction& tx, const base::Act& act, const NewEvent& event);
/// The history of one subject, oldest first, at most most_listed; internal ones only for staff.
inline constexpr std::size_t most_listed = 500;
std::vector<Event> list_events(db::Connection& db, Subject subject, std::int64_t subject_id, base::Visibility deepest);
/// When a service request was submitted, resolved, reopened or its address corrected, oldest first, at most
/// most_listed; internal events only for staff.
std::vector<Event> list_status_events(db::Connection& db, ServiceRequestId id, base::Visibility deepest);
/// The newest `limit` of one subject, newest first, internal ones too: what the staff's directory shows.
std::vector<Event> list_newest_events(db::Connection& db, Subject subject, std::int64_t subject_id, std::size_t limit);
/// Everything after `after` whatever it is about, oldest first, at most `limit`: what the live pages follow.
std::vector<Event> list_events_after(db::Connection& db, EventId after, std::size_t limit);
/// The newest id, zero for an empty history.
EventId latest_event(db::Connection& db);

} // namespace events
