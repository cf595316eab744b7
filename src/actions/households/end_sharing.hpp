#pragma once

#include "base/act.hpp"
#include "base/ids.hpp"
#include "db/connection.hpp"

namespace actions {

/// The act's visitor, the holder of the account, shares it with `other` no longer: their link ends, with the history
/// and the search words of unlink_account(). False when there is no such link: nothing is written. Throws NotFound when
/// it is not this visitor's to decide, and for the own link. Throws Forbidden for who is no
/// active user any more.
bool end_sharing(db::Transaction& tx, const base::Act& act, AccountId account, UserId other);

} // namespace actions
