#pragma once

#include <string_view>

struct sqlite3;

namespace db {

/// Throws what the connection's last error means to callers: ConstraintViolation, base::Unavailable (disk full, input
/// or output failed, locked, out of memory) or Error. `doing` says what was tried, for the log.
[[noreturn]] void throw_sqlite_error(sqlite3* database, std::string_view doing);

} // namespace db
