#include "actions/mail/choose_notifications.hpp"

#include "base/error.hpp"
#include "outbox/outbox.hpp"
#include "users/user.hpp"

namespace actions {

bool choose_notifications(db::Transaction& tx, const base::Act& act, const notifications::Choices& choices)
{
    const base::Visitor visitor = users::present_visitor(tx, act.visitor);
    if (visitor.is_guest())
        throw base::Forbidden("only an active user chooses");
    if (!notifications::set_choices(tx, visitor.user_id, visitor.role, choices))
        return false;
    outbox::end_putting_off(tx, visitor.user_id, act.at);
    return true;
}

void switch_off_mail(db::Transaction& tx, const notifications::SwitchOff& what, base::Time at)
{
    notifications::set_mail_off(tx, what.user, what.occasion);
    outbox::end_putting_off(tx, what.user, at);
}

} // namespace actions
