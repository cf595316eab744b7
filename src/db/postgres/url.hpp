#pragma once

#include "db/database.hpp"

#include <map>
#include <string>

namespace db {

/// How to reach a server, in libpq's keywords ("host", "dbname", …). May hold a password.
using PostgresKeywords = std::map<std::string, std::string>;

/// Read the URL and add our defaults: several hosts are tried for the one that accepts writes, and a dead server is
/// noticed within seconds. Throws Error, never repeating the URL, for one that libpq cannot read.
PostgresKeywords read_postgres_url(const std::string& url, PreparedStatements prepared = PreparedStatements::On);

/// "postgresql://gas@db1,db2:5432/gas": never the password, no parameters.
std::string shown_postgres_url(const std::string& url);

} // namespace db
