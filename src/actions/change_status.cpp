#include "actions/change_status.hpp"

#include "actions/emergencies/tell_who_had_it.hpp"
#include "base/text.hpp"
#include "events/event.hpp"
#include "notifications/choice.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "search/words.hpp"

#include <fmt/format.h>

namespace actions {

namespace {

using service_requests::Status;
using service_requests::StatusChange;

void add_status_event(db::Transaction& tx, const base::Act& act, ServiceRequestId id, Status status)
{
    const bool is_resolved = status == Status::Resolved;
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = id.value,
            .kind = is_resolved ? events::Kind::Resolved : events::Kind::Reopened,
            .visibility = base::Visibility::Public,
            .before_value = service_requests::status_name(is_resolved ? Status::Pending : Status::Resolved),
            .after_value = service_requests::status_name(status)});
}

bool says_why(const std::optional<EmergencyEnd>& end)
{
    return end && !base::trim(end->reason).empty();
}

service_requests::NewStatus new_status(const ChangeStatus& input)
{
    using service_requests::IfEmergency;
    return {.status = input.status,
        .expected_version = input.version,
        .if_emergency = says_why(input.end) ? IfEmergency::Resolve : IfEmergency::Refuse,
        .seen = input.seen};
}

/// Whoever else had it is told.
void end_emergency(db::Transaction& tx, const base::Act& act, const EmergencyOver& over, const EmergencyEnd& end)
{
    const bool is_false = end.finding == Finding::FalseAlarm;
    const bool is_colleagues = over.had && over.had != act.visitor.user_id;
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = over.id.value,
            .kind = is_false ? events::Kind::FalseAlarm : events::Kind::MadeSafe,
            .visibility = base::Visibility::Internal,
            .before_value = is_colleagues ? std::to_string(over.had.value) : std::string(),
            .after_value = base::trim(end.reason)});
    if (is_colleagues)
        tell_who_had_it(tx, act, over, is_false ? EmergencyNews::FalseAlarm : EmergencyNews::Resolved);
}

/// One mail for the change and the comment that came with it. Each change is a cause of its own, by the version it
/// made.
void add_mail(db::Transaction& tx, const base::Act& act, const ChangeStatus& input, CommentId said_by)
{
    const auto kind = input.status == Status::Resolved ? outbox::Kind::Resolved : outbox::Kind::Reopened;
    outbox::add_mail_to_customer(tx, act,
        {.kind = kind,
            .service_request = input.service_request,
            .comment = said_by,
            .occasion = notifications::occasion_name(notifications::Occasion::Status),
            .cause = fmt::format(
                "{} {} version {}", outbox::kind_name(kind), input.service_request.value, input.version + 1)});
}

void add_mail_to_staff(db::Transaction& tx, const base::Act& act, const ChangeStatus& input, CommentId said_by)
{
    constexpr auto kind = outbox::Kind::CustomerWrote;
    outbox::add_mail_to_participants(tx, act,
        {.kind = kind,
            .service_request = input.service_request,
            .comment = said_by,
            .occasion = notifications::occasion_name(notifications::Occasion::Commented),
            .cause = fmt::format(
                "{} {} version {}", outbox::kind_name(kind), input.service_request.value, input.version + 1)});
}

} // namespace

StatusChange change_status(db::Transaction& tx, const base::Act& act, const ChangeStatus& input)
{
    const ServiceRequestId id = input.service_request;
    const auto [change, is_emergency, had] = service_requests::update_status(tx, act, id, new_status(input));
    if (change != StatusChange::Done)
        return change;
    CommentId said_by = input.said_by;
    for (const WriteComment& comment : input.comments) {
        const CommentId written = add_comment_with_history(tx, act, comment);
        if (comment.visibility == base::Visibility::Public)
            said_by = written;
    }
    const bool is_resolved = input.status == Status::Resolved;
    if (is_emergency && is_resolved && input.end)
        end_emergency(tx, act, {.id = id, .had = had, .said_by = said_by}, *input.end);
    add_status_event(tx, act, id, input.status);
    search::update_search_words(tx, id);
    add_mail(tx, act, input, said_by);
    const auto kind = is_resolved ? notifications::Kind::Resolved : notifications::Kind::Reopened;
    if (is_emergency && !is_resolved) {
        notifications::notify_staff_and_customer(tx, act, {id, notifications::Kind::LeakReopened, said_by});
    } else if (act.visitor.is_staff()) {
        notifications::notify_customer(tx, act, {id, kind, said_by});
    } else {
        notifications::notify_participants(tx, act, {id, kind, said_by});
        add_mail_to_staff(tx, act, input, said_by);
    }
    return change;
}

} // namespace actions
