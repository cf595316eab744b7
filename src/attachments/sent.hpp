#pragma once

#include "base/ids.hpp"
#include "base/time.hpp"
#include "db/connection.hpp"

#include <cstdint>

namespace attachments {

/// Bytes of the files that a user sent after this time.
std::int64_t bytes_sent_since(db::Connection& db, UserId user, base::Time since);

} // namespace attachments
