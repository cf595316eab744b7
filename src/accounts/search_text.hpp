#pragma once

#include "accounts/account.hpp"

#include <string>

namespace accounts {

/// What the staff's search looks at, folded: service_account.search_text.
std::string search_text(const AccountForm& form);

} // namespace accounts
