#include "actions/households/choose_sharing.hpp"

#include "events/event.hpp"

namespace actions {

void choose_sharing(db::Transaction& tx, const base::Act& act, AccountId account, accounts::Sharing sharing)
{
    if (!accounts::set_sharing(tx, account, act.visitor.user_id, sharing))
        return;
    // Open pages of the others follow it: what they may not see any more leaves them.
    events::add_event(tx, act,
        {.subject = events::Subject::Account,
            .subject_id = account.value,
            .kind =
                sharing == accounts::Sharing::OwnRequests ? events::Kind::SharingBegan : events::Kind::SharingEnded});
}

} // namespace actions
