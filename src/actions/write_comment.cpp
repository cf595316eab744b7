#include "actions/write_comment.hpp"

#include "comments/comment.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "service_requests/service_request.hpp"

namespace actions {

namespace {

void notify_other_side(db::Transaction& tx, const base::Act& act, ServiceRequestId id)
{
    if (act.visitor.is_staff())
        notifications::notify_customer(tx, act, {id, notifications::Kind::Replied});
    else
        notifications::notify_participants(tx, act, {id, notifications::Kind::Commented});
}

} // namespace

CommentId write_comment(db::Transaction& tx, const base::Act& act, const WriteComment& input)
{
    const CommentId id = comments::add_comment(
        tx, act, {.service_request_id = input.service_request, .text = input.text, .visibility = input.visibility});
    if (act.visitor.is_staff())
        service_requests::note_comment(tx, act, input.service_request, input.visibility);
    else
        service_requests::note_reply(tx, act, input.service_request);
    events::add_event(tx, act,
        {.subject = events::Subject::ServiceRequest,
            .subject_id = input.service_request.value,
            .kind = events::Kind::Commented,
            .visibility = input.visibility,
            .comment_id = id});
    attachments::add_attachments(tx, act, input.files,
        {.service_request = input.service_request, .comment = id, .visibility = input.visibility});
    if (input.visibility == base::Visibility::Public)
        notify_other_side(tx, act, input.service_request);
    return id;
}

} // namespace actions
