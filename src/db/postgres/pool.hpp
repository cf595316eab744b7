#pragma once

#include "db/database.hpp"
#include "db/postgres/postgres.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

namespace db {

/// Connections of one role, opened when needed and kept. Thread-safe; must outlive what it lends.
class PostgresPool final : public Lender
{
  public:
    struct Limits
    {
        std::size_t connections;
        std::chrono::milliseconds wait;
    };
    /// The target must outlive the pool.
    PostgresPool(const PostgresTarget& target, PostgresRole role, Limits limits);

    /// Lend a connection whose next statement begins a transaction. Throws base::Unavailable when none becomes free in
    /// time or the server is not reached.
    PostgresConnection& lend();
    /// Take a connection back and end its transaction without waiting; a broken connection is closed.
    void give_back(Connection& connection) noexcept override;

  private:
    using Kept = std::vector<std::unique_ptr<PostgresConnection>>;

    PostgresConnection* take_free();
    PostgresConnection& open_one();
    /// Remove suspect connections; the caller closes them outside the lock.
    Kept remove_suspects(PostgresConnection& given_back);

    const PostgresTarget& target_;
    const PostgresRole role_;
    const Limits limits_;
    std::mutex mutex_;
    std::condition_variable given_back_;
    Kept lent_;
    Kept free_;
    std::size_t opening_ = 0;
};

} // namespace db
