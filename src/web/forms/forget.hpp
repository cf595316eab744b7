#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

namespace web {

/// Remove all that is kept for a user: typed text, and pages that refused a form.
void remove_all_kept(db::Transaction& tx, UserId user);

} // namespace web
