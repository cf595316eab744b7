#include "commands/import_django/history.hpp"

#include "events/event.hpp"
#include "service_requests/participant.hpp"
#include "service_requests/service_request.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace commands::import_django {

namespace {

using service_requests::Status;

constexpr std::size_t requests_at_once = 100;

struct Request
{
    ServiceRequestId id;
    UserId user;
    bool is_resolved = false;
    base::Time submitted{};
    base::Time resolved{};
};

struct Missing
{
    base::Time at{};
    UserId actor;
    events::Kind kind = events::Kind::Unknown;
    base::Visibility visibility = base::Visibility::Public;
    CommentId comment = {};
};

std::vector<Request> list_requests(db::Connection& db, std::int64_t after)
{
    return db::map_rows(db.query(R"(
        SELECT id, user_id, status, submitted_at, resolved_at FROM service_servicerequest
         WHERE id > $1 ORDER BY id LIMIT $2)",
                            after, requests_at_once),
        [](const db::Row& row) {
            const bool is_resolved = row.text(2) == service_requests::status_name(Status::Resolved);
            return Request{.id = row.id<ServiceRequestId>(0),
                .user = row.id<UserId>(1),
                .is_resolved = is_resolved,
                .submitted = row.time(3),
                .resolved = is_resolved ? row.time(4) : base::Time{}};
        });
}

/// The last event of a service request that is one of its status; Unknown when it has none.
struct StatusEvent
{
    events::Kind kind = events::Kind::Unknown;
    base::Time at{};
};

StatusEvent last_status_event(db::Connection& db, ServiceRequestId id)
{
    return db
        .query(R"(
        SELECT kind, created_at FROM service_event
         WHERE subject = 'service_request' AND subject_id = $1 AND kind IN ($2, $3, $4)
         ORDER BY id DESC LIMIT 1)",
            id.value, events::kind_name(events::Kind::Submitted), events::kind_name(events::Kind::Resolved),
            events::kind_name(events::Kind::Reopened))
        .first([](const db::Row& row) {
            return StatusEvent{events::parse_kind(row.text(0)), row.time(1)};
        })
        .value_or(StatusEvent{});
}

void find_missing_status(db::Connection& db, const Request& request, base::Time now, std::vector<Missing>& missing)
{
    const StatusEvent last = last_status_event(db, request.id);
    if (last.kind == events::Kind::Unknown)
        missing.push_back({.at = request.submitted, .actor = request.user, .kind = events::Kind::Submitted});
    const bool was_resolved = last.kind == events::Kind::Resolved;
    if (request.is_resolved && !(was_resolved && last.at == request.resolved))
        missing.push_back({.at = request.resolved, .actor = {}, .kind = events::Kind::Resolved});
    if (!request.is_resolved && was_resolved)
        missing.push_back({.at = now, .actor = {}, .kind = events::Kind::Reopened});
}

void find_missing_comments(db::Connection& db, const Request& request, std::vector<Missing>& missing)
{
    const auto comments = db::map_rows(db.query(R"(
        SELECT c.id, c.user_id, c.visibility, c.created_at FROM service_comment c
         WHERE c.service_request_id = $1
           AND NOT EXISTS (SELECT 1 FROM service_event e WHERE e.subject = 'service_request' AND e.subject_id = $1
                              AND e.comment_id = c.id)
         ORDER BY c.id)",
                                           request.id.value),
        [](const db::Row& row) {
            return Missing{.at = row.time(3),
                .actor = row.id<UserId>(1),
                .kind = events::Kind::Commented,
                .visibility = base::parse_visibility(row.text(2)).value_or(base::Visibility::Internal),
                .comment = row.id<CommentId>(0)};
        });
    missing.insert(missing.end(), comments.begin(), comments.end());
}

void add(db::Transaction& tx, const Request& request, const Missing& event)
{
    const std::string_view pending = service_requests::status_name(Status::Pending);
    const std::string_view resolved = service_requests::status_name(Status::Resolved);
    std::string_view before;
    std::string_view after;
    if (event.kind == events::Kind::Resolved) {
        before = pending;
        after = resolved;
    } else if (event.kind == events::Kind::Reopened) {
        before = resolved;
        after = pending;
    } else if (event.kind == events::Kind::Submitted) {
        after = pending;
    }
    events::add_event(tx, base::act_of(event.actor, event.at),
        {.subject = events::Subject::ServiceRequest,
            .subject_id = request.id.value,
            .kind = event.kind,
            .visibility = event.visibility,
            .before_value = before,
            .after_value = after,
            .comment_id = event.comment});
    service_requests::add_participant(tx, request.id, event.actor);
}

void complete(db::Transaction& tx, const Request& request, base::Time now)
{
    std::vector<Missing> missing;
    find_missing_status(tx, request, now, missing);
    find_missing_comments(tx, request, missing);
    // Submitting comes first whatever its clock said: the last of the status events is what the next run looks at.
    const bool begins = !missing.empty() && missing.front().kind == events::Kind::Submitted;
    std::ranges::stable_sort(missing.begin() + (begins ? 1 : 0), missing.end(), {}, &Missing::at);
    for (const Missing& event : missing)
        add(tx, request, event);
}

} // namespace

void derive_history(db::Database& database, base::Time now, const std::function<void(std::int64_t)>& told)
{
    for (std::int64_t after = 0;;) {
        const std::int64_t last = database.write([&](db::Transaction& tx) {
            const std::vector<Request> requests = list_requests(tx, after);
            for (const Request& request : requests)
                complete(tx, request, now);
            return requests.empty() ? 0 : requests.back().id.value;
        });
        if (last == 0)
            return;
        after = last;
        told(after);
    }
}

} // namespace commands::import_django
