#pragma once

#include "db/database.hpp"

#include <memory>
#include <string>

namespace support {

/// GAS_TEST_POSTGRES names a server where databases may be made: tests then run on it, otherwise on SQLite.
bool tests_use_postgres();

/// All rows of all tables, for comparing.
std::string everything_in_postgres(const std::string& url);

/// A database of this process without any table; kept for the next test when destroyed.
class EmptyPostgres
{
  public:
    EmptyPostgres();
    EmptyPostgres(const EmptyPostgres&) = delete;
    EmptyPostgres& operator=(const EmptyPostgres&) = delete;
    ~EmptyPostgres();

    /// Whoever opens it closes it before this object goes.
    const std::string& url() const { return url_; }

  private:
    std::string name_;
    std::string url_;
};

/// An open database with all migrations and no rows of people. Emptied and kept open for the next test when destroyed:
/// that takes a tenth of making one.
class MigratedPostgres
{
  public:
    MigratedPostgres();
    MigratedPostgres(const MigratedPostgres&) = delete;
    MigratedPostgres& operator=(const MigratedPostgres&) = delete;
    ~MigratedPostgres();

    db::Database& database() const { return *database_; }
    std::string url() const;

  private:
    std::string name_;
    std::unique_ptr<db::Database> database_;
    int uses_ = 0;
};

} // namespace support
