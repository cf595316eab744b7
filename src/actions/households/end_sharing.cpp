#include "actions/households/end_sharing.hpp"

#include "accounts/account.hpp"
#include "actions/link_account.hpp"
#include "actions/rights.hpp"
#include "base/error.hpp"

namespace actions {

bool end_sharing(db::Transaction& tx, const base::Act& act, AccountId account, UserId other)
{
    // Not somebody who was deactivated meanwhile.
    require_role(tx, act, base::Role::Customer);
    const accounts::Account held = accounts::get_account(tx, account);
    if (!held.is_active || held.user_id != act.visitor.user_id || other == act.visitor.user_id)
        throw base::NotFound("an account that this visitor does not hold");
    return unlink_with_history(tx, act, held, other);
}

} // namespace actions
