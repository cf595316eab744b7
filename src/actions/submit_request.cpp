#include "actions/submit_request.hpp"

#include "actions/rights.hpp"
#include "base/error.hpp"
#include "events/event.hpp"
#include "notifications/choice.hpp"
#include "notifications/notification.hpp"
#include "outbox/outbox.hpp"
#include "queue/folds.hpp"
#include "queue/same_sender.hpp"
#include "search/words.hpp"
#include "service_requests/emergency.hpp"
#include "users/user.hpp"

namespace actions {

namespace {

queue::Reported reported(ServiceRequestId id, const SubmitRequest& input)
{
    return {.id = id, .user_id = input.request.user_id, .address = input.request.address, .report = *input.leak};
}

/// Fold a leak into one that the same sender reported before and nobody has taken yet: one of the same address or, in a
/// flood, another. Then the line of that one rings again and names the new address.
bool is_one_of_many(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const SubmitRequest& input)
{
    queue::Reported report = reported(id, input);
    report.since = act.at - queue::longest_fold;
    const auto first = queue::find_open_of_sender(tx, report);
    return first && service_requests::set_folded(tx, id, *first);
}

/// A second leak of the same person, mostly after a correction of the address: both ring, and each names the other.
void link_to_earlier(db::Transaction& tx, const base::Act& act, ServiceRequestId id, const SubmitRequest& input)
{
    const auto earlier = queue::find_earlier_of_sender(tx, reported(id, input),
        {.last_of_browser = input.last_of_browser, .phone = input.request.contact_phone}, act.at);
    if (earlier)
        queue::set_earlier(tx, id, *earlier);
}

/// Two forms at the same moment wait for each other here; on SQLite nobody else writes now.
void require_room(db::Transaction& tx, const base::Act& act, std::int64_t most)
{
    if (most == 0)
        return;
    if (tx.engine() == db::Engine::Postgres)
        tx.apply("SELECT id FROM auth_user WHERE id = $1 FOR NO KEY UPDATE", act.visitor.user_id);
    require_room_for_request(tx, act, most, 1);
}

/// Of the form that the reader filled in; a call is written down in the language of the desk.
std::string form_language(const SubmitRequest& input)
{
    const bool is_call = input.request.channel == service_requests::Channel::Phone;
    return input.leak && !is_call ? input.leak->language : std::string();
}

void require_right_to_write_down(db::Transaction& tx, const base::Act& act, UserId caller)
{
    require_role(tx, act, base::Role::Representative);
    if (caller && users::get_user(tx, caller).role != base::Role::Customer)
        throw base::Forbidden("only a customer's call is written down");
}

} // namespace

ServiceRequestId submit_request(db::Transaction& tx, const base::Act& act, const SubmitRequest& input)
{
    const UserId owner = input.request.user_id;
    const bool is_call = input.request.channel == service_requests::Channel::Phone;
    if (is_call)
        require_right_to_write_down(tx, act, owner);
    else if (owner && owner != act.visitor.user_id)
        throw base::Forbidden("nobody submits a service request in another user's name");
    const auto added = service_requests::add_service_request(tx, input.request, act.at);
    if (!added.is_emergency)
        require_room(tx, act, input.most_a_day);
    // Whose it is, not who wrote it down: the customer reads this history.
    events::add_event(tx, base::act_of(owner, act.at),
        {.subject = events::Subject::ServiceRequest,
            .subject_id = added.id.value,
            .kind = events::Kind::Submitted,
            .visibility = base::Visibility::Public,
            .after_value = service_requests::status_name(service_requests::Status::Pending)});
    if (is_call)
        events::add_event(tx, act,
            {.subject = events::Subject::ServiceRequest,
                .subject_id = added.id.value,
                .kind = events::Kind::WrittenDown,
                .visibility = base::Visibility::Internal});
    search::add_search_words(tx, added, input.request);
    if (added.is_emergency && input.leak) {
        leaks::add_leak_report(tx, added.id, *input.leak, act.at);
        link_to_earlier(tx, act, added.id, input);
    }
    const bool is_folded = added.is_emergency && input.leak && is_one_of_many(tx, act, added.id, input);
    if (added.is_emergency && !is_folded)
        notifications::notify_staff_and_customer(tx, act, {added.id, notifications::Kind::LeakReported});
    if (owner && !is_folded)
        outbox::add_mail(tx,
            {.kind = added.is_emergency ? outbox::Kind::LeakReceived : outbox::Kind::RequestReceived,
                .to_user = owner,
                .service_request = added.id,
                .occasion = added.is_emergency ? "" : notifications::occasion_name(notifications::Occasion::Received),
                .form_language = form_language(input)},
            act.at);
    attachments::add_attachments(tx, act, input.files, {.service_request = added.id});
    attachments::add_left_out(tx, added.id, input.left_out);
    if (!input.files.empty())
        search::note_words_behind(tx, added.id);
    return added.id;
}

} // namespace actions
