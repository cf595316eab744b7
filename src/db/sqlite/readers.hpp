#pragma once

#include "db/database.hpp"
#include "db/sqlite/sqlite.hpp"

#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace db {

/// The reading connections of one database. Thread-safe; must outlive its leases.
class SqliteReaders final : public Lender
{
  public:
    SqliteReaders(const std::string& path, std::size_t count, DamageMark& damage);

    /// See Database::read().
    ReadLease lend();
    void give_back(Connection& connection) noexcept override;

  private:
    SqliteConnection& wait_for_free();
    void put_back(SqliteConnection& connection) noexcept;

    std::vector<std::unique_ptr<SqliteConnection>> connections_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    std::vector<SqliteConnection*> free_;
};

} // namespace db
