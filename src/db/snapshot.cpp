#include "db/snapshot.hpp"

#include "db/engines.hpp"

namespace db {

std::unique_ptr<Snapshot> Snapshot::take(const std::string& url)
{
    return is_postgres_url(url) ? take_postgres_snapshot(url) : take_sqlite_snapshot(url);
}

bool has_table(Connection& db, std::string_view name)
{
    if (db.engine() == Engine::Sqlite)
        return db.query("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $1", name).integer() != 0;
    return db.query("SELECT count(*) FROM pg_tables"
                    " WHERE schemaname = ANY (current_schemas(false)) AND tablename = CAST($1 AS TEXT)",
                 name)
               .integer() != 0;
}

} // namespace db
