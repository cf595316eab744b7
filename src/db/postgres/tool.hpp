#pragma once

#include "db/postgres/url.hpp"

#include <string>
#include <vector>

namespace db {

/// Run pg_dump or pg_restore on the database and wait for its end. The server's password goes through the environment,
/// because other users can read arguments; the tool ends with this process. Throws Error: it is not installed, or
/// its last words when it failed.
void run_postgres_tool(
    const std::string& name, const PostgresKeywords& keywords, const std::vector<std::string>& arguments);
/// Throw Error in plain words when the tool is missing or older than the server (15 for PostgreSQL 15).
void require_postgres_tool(const std::string& name, int server_major);

} // namespace db
