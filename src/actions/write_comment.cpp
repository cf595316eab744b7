#include "actions/write_comment.hpp"

#include "actions/change_status.hpp"
#include "comments/comment.hpp"
#include "events/event.hpp"
#include "notifications/choice.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "search/words.hpp"
#include "service_requests/service_request.hpp"

namespace actions {

namespace {

using service_requests::Status;

CommentId add_rows(db::Transaction& tx, const base::Act& act, const WriteComment& input)
{
    const CommentId id = comments::add_comment(tx, act,
        {.service_request_id = input.service_request,
            .text = input.text,
            .visibility = input.visibility,
            .has_files = !input.files.empty()});
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = input.service_request.value,
            .kind = events::Kind::Commented,
            .visibility = input.visibility,
            .comment_id = id});
    attachments::add_attachments(tx, act, input.files,
        {.service_request = input.service_request, .comment = id, .visibility = input.visibility});
    search::note_words_behind(tx, input.service_request, id.value);
    return id;
}

void tell_staff(db::Transaction& tx, const base::Act& act, ServiceRequestId request, CommentId comment)
{
    notifications::notify_participants(tx, act, {request, notifications::Kind::Commented, comment});
    outbox::add_mail_to_participants(tx, act,
        {.kind = outbox::Kind::CustomerWrote,
            .service_request = request,
            .comment = comment,
            .occasion = notifications::occasion_name(notifications::Occasion::Commented)});
}

} // namespace

CommentId add_comment_with_history(db::Transaction& tx, const base::Act& act, const WriteComment& input)
{
    const CommentId id = add_rows(tx, act, input);
    if (act.visitor.is_staff())
        service_requests::note_comment(
            tx, act, input.service_request, {.visibility = input.visibility, .seen = input.seen});
    else
        service_requests::note_reply(tx, act, input.service_request);
    return id;
}

CommentId write_comment(db::Transaction& tx, const base::Act& act, const WriteComment& input)
{
    const ServiceRequestId request = input.service_request;
    if (act.visitor.is_staff()) {
        const CommentId id = add_comment_with_history(tx, act, input);
        if (input.visibility == base::Visibility::Public) {
            notifications::notify_customer(tx, act, {request, notifications::Kind::Replied, id});
            outbox::add_mail_to_customer(tx, act,
                {.kind = outbox::Kind::Replied,
                    .service_request = request,
                    .comment = id,
                    .occasion = notifications::occasion_name(notifications::Occasion::Replied)});
        }
        return id;
    }
    const CommentId id = add_rows(tx, act, input);
    const auto [status, version, customer] = service_requests::note_reply(tx, act, request);
    const bool is_own = customer == act.visitor.user_id;
    if (is_own && status == Status::Resolved && input.if_resolved == IfResolved::Reopen) {
        change_status(
            tx, act, {.service_request = request, .status = Status::Pending, .version = version, .said_by = id});
        return id;
    }
    tell_staff(tx, act, request, id);
    // Somebody of the household writes: whoever sent it reads that too.
    if (!is_own)
        notifications::notify_customer(tx, act, {request, notifications::Kind::Commented, id});
    return id;
}

} // namespace actions
