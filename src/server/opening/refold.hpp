#pragma once

#include "db/database.hpp"

namespace server {

/// Makes stored texts for searching anew when they were made by older folding rules than base::fold_version; false when
/// they were not. Gives user names from before the key that they are compared by, in any case. Writes some hundred rows
/// at a time, so that other nodes go on; after a crash it begins again.
bool refold(db::Database& database);

} // namespace server
