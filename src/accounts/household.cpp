#include "accounts/household.hpp"

namespace accounts {

SharingSet set_sharing(db::Transaction& tx, AccountId account, UserId user, Sharing sharing)
{
    const bool shares = sharing == Sharing::OwnRequests;
    if (tx.execute(R"(
        UPDATE service_account_user SET shares = $3
         WHERE account_id = $1 AND user_id = $2 AND shares <> $3
           AND EXISTS (SELECT 1 FROM service_account a WHERE a.id = $1 AND a.is_active = 1))",
            account, user, shares) == 1)
        return SharingSet::Done;
    const std::int64_t links = tx.query(R"(
        SELECT COUNT(*) FROM service_account_user l JOIN service_account a ON a.id = l.account_id
         WHERE l.account_id = $1 AND l.user_id = $2 AND a.is_active = 1)",
                                     account, user)
                                   .integer();
    return links == 0 ? SharingSet::NotLinked : SharingSet::Unchanged;
}

} // namespace accounts
