#pragma once

#include "base/ids.hpp"
#include "db/connection.hpp"

namespace outbox {

/// Remove all mail to a user, also what still waits.
void remove_mail_of(db::Transaction& tx, UserId user);

} // namespace outbox
