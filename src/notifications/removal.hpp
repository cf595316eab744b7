#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

namespace notifications {

/// Remove all of a user, with what they chose about them.
void remove_notifications(db::Transaction& tx, UserId user);

} // namespace notifications
