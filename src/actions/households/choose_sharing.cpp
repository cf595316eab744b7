#include "actions/households/choose_sharing.hpp"

#include "accounts/account.hpp"
#include "accounts/links.hpp"
#include "base/error.hpp"
#include "events/newest.hpp"

#include <algorithm>
#include <string>

namespace actions {

namespace {

bool ever_had(db::Connection& db, UserId user, AccountId account)
{
    const std::string number = accounts::get_account_number(db, account);
    const auto links = accounts::list_links_of(db, user);
    return std::ranges::find(links, account) != links.end() || events::has_event(db, {.subject = events::Subject::User,
                                                                                         .subject_id = user.value,
                                                                                         .kind = events::Kind::Unlinked,
                                                                                         .after_value = number});
}

} // namespace

bool choose_sharing(db::Transaction& tx, const base::Act& act, AccountId account, accounts::Sharing sharing)
{
    const auto set = accounts::set_sharing(tx, account, act.visitor.user_id, sharing);
    if (set == accounts::SharingSet::NotLinked && !ever_had(tx, act.visitor.user_id, account))
        throw base::NotFound("no account that this visitor ever had");
    if (set != accounts::SharingSet::Done)
        return set == accounts::SharingSet::Unchanged;
    // Open pages of the others follow it: what they may not see any more leaves them.
    events::add_event(tx, act,
        {.subject = events::Subject::Account,
            .subject_id = account.value,
            .kind =
                sharing == accounts::Sharing::OwnRequests ? events::Kind::SharingBegan : events::Kind::SharingEnded});
    return true;
}

} // namespace actions
