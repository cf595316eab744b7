#include "db/sqlite/error.hpp"

#include "base/error.hpp"
#include "db/connection.hpp"
#include "db/damage.hpp"

#include <sqlite3.h>

#include <string>

namespace db {

void throw_sqlite_error(sqlite3* database, std::string_view doing, DamageMark* damage)
{
    const int code = sqlite3_extended_errcode(database);
    std::string text = "SQLite error " + std::to_string(code) + ": " + sqlite3_errmsg(database) + " (";
    text.append(doing.substr(0, 500)).append(")");
    switch (code & 0xff) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        if (damage != nullptr)
            damage->set(text);
        throw Error(text);
    case SQLITE_CONSTRAINT:
        throw ConstraintViolation(text);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_CANTOPEN:
    case SQLITE_PROTOCOL:
    case SQLITE_NOMEM:
        throw base::Unavailable(text);
    default:
        throw Error(text);
    }
}

} // namespace db
