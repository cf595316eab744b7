#include "actions/submit_request.hpp"

#include "base/error.hpp"
#include "events/event.hpp"
#include "notifications/notification.hpp"
#include "search/words.hpp"

namespace actions {

ServiceRequestId submit_request(db::Transaction& tx, const base::Act& act, const SubmitRequest& input)
{
    const UserId owner = input.request.user_id;
    if (owner && owner != act.visitor.user_id)
        throw base::Forbidden("nobody submits a service request in another user's name");
    const auto added = service_requests::add_service_request(tx, input.request, act.at);
    // Whose it is, not who wrote it down: the customer reads this history.
    events::add_event(tx, base::act_of(owner, act.at),
        {.subject = events::Subject::ServiceRequest,
            .subject_id = added.id.value,
            .kind = events::Kind::Submitted,
            .visibility = base::Visibility::Public,
            .after_value = service_requests::status_name(service_requests::Status::Pending)});
    search::add_search_words(tx, added, input.request);
    if (added.is_emergency && input.leak)
        leaks::add_leak_report(tx, added.id, *input.leak, act.at);
    if (added.is_emergency)
        notifications::notify_staff_and_customer(tx, act, {added.id, notifications::Kind::LeakReported});
    attachments::add_attachments(tx, act, input.files, {.service_request = added.id});
    return added.id;
}

} // namespace actions
