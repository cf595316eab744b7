#pragma once

#include "db/database.hpp"

#include <memory>

namespace db {

// See Database::open(), which chooses by the URL.
std::unique_ptr<Database> open_sqlite(const DatabaseOptions& options);
std::unique_ptr<Database> open_postgres(const DatabaseOptions& options);

} // namespace db
