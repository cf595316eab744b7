#pragma once

#include <string_view>

struct sqlite3;

namespace db {

class DamageMark;

/// Throw what the connection's last error means to callers: ConstraintViolation, base::Unavailable (disk full, I/O
/// failed, locked, out of memory) or Error. `doing` says what was tried, for the log. `damage`, when given, notes
/// damaged data.
[[noreturn]] void throw_sqlite_error(sqlite3* database, std::string_view doing, DamageMark* damage);

} // namespace db
