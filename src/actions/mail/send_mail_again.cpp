#include "actions/mail/send_mail_again.hpp"

#include "actions/rights.hpp"
#include "events/event.hpp"
#include "outbox/list.hpp"

namespace actions {

bool send_mail_again(db::Transaction& tx, const base::Act& act, MailId id)
{
    require_role(tx, act, base::Role::Administrator);
    const outbox::Listed mail = outbox::get_mail(tx, id);
    if (!mail.kind || !outbox::can_be_repeated(*mail.kind) || mail.again_to.empty() ||
        !outbox::add_mail_again(tx, id, mail.again_to, act.at))
        return false;
    if (!mail.service_request && !mail.user)
        return true;
    events::add_event(tx, act,
        {.subject = mail.service_request ? events::Subject::ServiceRequest : events::Subject::User,
            .subject_id = mail.service_request ? mail.service_request.value : mail.user.value,
            .kind = events::Kind::MailedAgain,
            .visibility = base::Visibility::Internal,
            .after_value = mail.again_to});
    return true;
}

} // namespace actions
