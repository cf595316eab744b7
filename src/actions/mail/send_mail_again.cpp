#include "actions/mail/send_mail_again.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"
#include "outbox/list.hpp"

namespace actions {

SentAgain send_mail_again(db::Transaction& tx, const base::Act& act, MailId id)
{
    require_role(tx, act, base::Role::Administrator);
    const auto found = outbox::find_mail(tx, id);
    if (!found)
        return SentAgain::Gone;
    const outbox::Listed& mail = *found;
    if (!mail.kind || !outbox::can_be_repeated(*mail.kind) || mail.again_to.empty() ||
        !outbox::add_mail_again(tx, id, mail.again_to, act.at))
        return SentAgain::NotNow;
    if (!mail.service_request && !mail.user)
        return SentAgain::Done;
    events::add_event(tx, act,
        {.subject = mail.service_request ? events::Subject::ServiceRequest : events::Subject::User,
            .subject_id = mail.service_request ? mail.service_request.value : mail.user.value,
            .kind = events::Kind::MailedAgain,
            .visibility = base::Visibility::Internal,
            .after_value = mail.again_to});
    return SentAgain::Done;
}

} // namespace actions
