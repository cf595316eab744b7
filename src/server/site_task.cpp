#include "server/site_task.hpp"

namespace server {

bool try_task(db::Connection& db, SiteTask task)
{
    if (db.engine() == db::Engine::Sqlite)
        return true;
    // Ends with the transaction and not with the session, which PgBouncer would hand to others. The pair of numbers is
    // "gasu" in ASCII and the task.
    return db.query("SELECT CASE WHEN pg_try_advisory_xact_lock(CAST(1734439797 AS INTEGER), CAST($1 AS INTEGER))"
                    " THEN 1 ELSE 0 END",
                 static_cast<std::int32_t>(task))
               .integer() == 1;
}

} // namespace server
