#pragma once

#include "db/database.hpp"
#include "db/foreign.hpp"
#include "db/snapshot.hpp"

#include <memory>

namespace db {

// See Database::open(), which chooses by the URL.
std::unique_ptr<Database> open_sqlite(const DatabaseOptions& options);
std::unique_ptr<Database> open_postgres(const DatabaseOptions& options);

// See ForeignDatabase::open().
std::unique_ptr<ForeignDatabase> open_foreign_sqlite(const std::string& url);
std::unique_ptr<ForeignDatabase> open_foreign_postgres(const std::string& url);

// See Snapshot::take().
std::unique_ptr<Snapshot> take_sqlite_snapshot(const std::string& url);
std::unique_ptr<Snapshot> take_postgres_snapshot(const std::string& url);

bool is_postgres_url(std::string_view url);

} // namespace db
