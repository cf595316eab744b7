#pragma once

#include <string_view>

struct sqlite3;

namespace db {

class DamageMark;

/// Throws what the connection's last error means to callers: ConstraintViolation, base::Unavailable (disk full, input
/// or output failed, locked, out of memory) or Error. `doing` says what was tried, for the log. `damage`, when given,
/// is told of damaged data.
[[noreturn]] void throw_sqlite_error(sqlite3* database, std::string_view doing, DamageMark* damage);

} // namespace db
