#include "events/event.hpp"

#include "events/event_row.hpp"
#include "events/newest.hpp"
#include <stdexcept>

namespace events {

namespace {

std::string_view subject_name(Subject subject)
{
    switch (subject) {
    case Subject::ServiceRequest:
        return "service_request";
    case Subject::User:
        return "user";
    case Subject::Account:
        return "account";
    case Subject::Export:
        return "export";
    }
    throw std::logic_error("unknown subject of an event");
}

Subject subject_from(std::string_view name)
{
    for (const Subject subject : {Subject::ServiceRequest, Subject::User, Subject::Account, Subject::Export}) {
        if (subject_name(subject) == name) {
            return subject;
        }
    }
    throw std::logic_error("unknown subject of an event in the database");
}

} // namespace

Event event_from_row(const db::Row& row)
{
    Event event;
    event.id = row.id<EventId>(0);
    event.subject = subject_from(row.text(1));
    event.subject_id = row.integer(2);
    event.actor_id = row.id<UserId>(3);
    event.kind = parse_kind(row.text(4));
    event.visibility = base::parse_visibility(row.text(5)).value_or(base::Visibility::Internal);
    event.before_value = row.string(6);
    event.after_value = row.string(7);
    event.comment_id = row.id<CommentId>(8);
    event.created_at = row.time(9);
    if (event.actor_id) {
        event.actor_name = base::full_name(row.text(10), row.text(11), row.text(12));
        event.actor_is_staff = row.text(13) != base::role_name(base::Role::Customer);
    }
    return event;
}

void add_event(db::Transaction& tx, const base::Act& act, const NewEvent& event)
{
    tx.apply(R"(
        INSERT INTO service_event
            (subject, subject_id, actor_id, kind, visibility, before_value, after_value, comment_id, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9))",
        subject_name(event.subject), event.subject_id, act.visitor.user_id, kind_name(event.kind),
        base::visibility_name(event.visibility), event.before_value, event.after_value, event.comment_id, act.at);
}

std::vector<Event> list_events(db::Connection& db, Subject subject, std::int64_t subject_id, base::Visibility deepest)
{
    return db::map_rows(db.query(R"(
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM service_event e LEFT JOIN auth_user u ON u.id = e.actor_id
         WHERE e.subject = $1 AND e.subject_id = $2 AND (e.visibility = 'public' OR $3 = 1)
         ORDER BY e.id LIMIT $4)",
                            subject_name(subject), subject_id, deepest == base::Visibility::Internal, most_listed),
        event_from_row);
}

std::vector<Event> list_status_events(db::Connection& db, ServiceRequestId id, base::Visibility deepest)
{
    // SQLite would build a table for IN, or for OR, each time.
    return db::map_rows(db.query(R"(
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM service_event e LEFT JOIN auth_user u ON u.id = e.actor_id
         WHERE e.subject = $1 AND e.subject_id = $2 AND (e.visibility = 'public' OR $3 = 1)
           AND NOT (e.kind <> $4 AND e.kind <> $5 AND e.kind <> $6 AND e.kind <> $7)
         ORDER BY e.id LIMIT $8)",
                            subject_name(Subject::ServiceRequest), id, deepest == base::Visibility::Internal,
                            kind_name(Kind::Submitted), kind_name(Kind::Resolved), kind_name(Kind::Reopened),
                            kind_name(Kind::Changed), most_listed),
        event_from_row);
}

std::vector<Event> list_newest_events(db::Connection& db, Subject subject, std::int64_t subject_id, std::size_t limit)
{
    return db::map_rows(db.query(R"(
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM service_event e LEFT JOIN auth_user u ON u.id = e.actor_id
         WHERE e.subject = $1 AND e.subject_id = $2
         ORDER BY e.id DESC LIMIT $3)",
                            subject_name(subject), subject_id, limit),
        event_from_row);
}

std::optional<Event> find_newest_event(db::Connection& db, Subject subject, std::int64_t subject_id, Kind kind)
{
    return db
        .query(R"(
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM service_event e LEFT JOIN auth_user u ON u.id = e.actor_id
         WHERE e.subject = $1 AND e.subject_id = $2 AND e.kind = $3
         ORDER BY e.id DESC LIMIT 1)",
            subject_name(subject), subject_id, kind_name(kind))
        .first(event_from_row);
}

bool has_event(db::Connection& db, const NewEvent& like)
{
    return db.query(R"(
        SELECT COUNT(*) FROM service_event
         WHERE subject = $1 AND subject_id = $2 AND kind = $3 AND after_value = $4)",
                 subject_name(like.subject), like.subject_id, kind_name(like.kind), like.after_value)
               .integer() > 0;
}

std::vector<Event> list_events_after(db::Connection& db, EventId after, std::size_t limit)
{
    return db::map_rows(db.query(R"(
        SELECT e.id, e.subject, e.subject_id, e.actor_id, e.kind, e.visibility, e.before_value, e.after_value,
               e.comment_id, e.created_at, u.first_name, u.last_name, u.username, u.role
          FROM service_event e LEFT JOIN auth_user u ON u.id = e.actor_id
         WHERE e.id > $1
         ORDER BY e.id LIMIT $2)",
                            after.value, limit),
        event_from_row);
}

EventId latest_event(db::Connection& db)
{
    return EventId{db.query("SELECT COALESCE(MAX(id), 0) FROM service_event").integer()};
}

} // namespace events
