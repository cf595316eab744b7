#pragma once

#include "accounts/account.hpp"

#include <cstddef>
#include <string>

namespace accounts {

/// What the staff's search looks at, folded: service_account.search_text.
std::string search_text(const AccountForm& form);
/// Makes search_text anew for up to `limit` accounts with an id above `after`; returns the last one's, zero after all.
AccountId refold_search_texts(db::Transaction& tx, AccountId after, std::size_t limit);

} // namespace accounts
