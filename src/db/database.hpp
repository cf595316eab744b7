#pragma once

#include "db/connection.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>

namespace db {

enum class Engine : std::uint8_t { Sqlite, Postgres };

struct DatabaseOptions
{
    /// "sqlite:///path/to/file" ("sqlite:////absolute"); PostgreSQL follows.
    std::string url;
    /// Connections kept for reading.
    std::size_t readers = 4;
    /// Transactions that may wait for the writer; one more is refused with base::Unavailable.
    std::size_t write_queue = 512;
    /// Transactions committed together at most.
    std::size_t batch = 256;
};

/// A reading connection, lent until destroyed, inside one read transaction: a consistent snapshot.
class ReadLease
{
  public:
    ReadLease(Connection& connection, std::function<void(Connection&)> give_back);
    ReadLease(ReadLease&&) noexcept;
    ReadLease(const ReadLease&) = delete;
    ReadLease& operator=(const ReadLease&) = delete;
    ReadLease& operator=(ReadLease&&) = delete;
    ~ReadLease();

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_; }

  private:
    Connection* connection_;
    std::function<void(Connection&)> give_back_;
};

/// The site's database. Thread-safe; owned by app/.
class Database
{
  public:
    virtual ~Database() = default;

    /// Opens (creating the file if needed). Throws Error in plain words: locked by another process, no permission, damaged.
    static std::unique_ptr<Database> open(const DatabaseOptions& options);

    virtual Engine engine() const = 0;
    /// "SQLite 3.40.1".
    virtual std::string version() const = 0;

    /// Waits for a free reading connection; throws base::Unavailable after five seconds.
    virtual ReadLease read() = 0;

    /// Runs `work(Transaction&)` and returns its result once the commit is durable; an exception from it undoes its writes
    /// and is rethrown here. Blocks the calling thread; `work` runs on another one, so it must not touch thread-local state.
    /// Throws base::Unavailable when the queue is full, the disk is full or the database is locked: nothing was written.
    template <typename Work>
    auto write(Work&& work)
    {
        using Result = std::invoke_result_t<Work, Transaction&>;
        if constexpr (std::is_void_v<Result>) {
            run_write([&](Transaction& tx) { work(tx); });
        } else {
            std::optional<Result> result;
            run_write([&](Transaction& tx) { result.emplace(work(tx)); });
            return std::move(*result);
        }
    }

    /// Called on the writer's thread after every durable commit; must be quick. Set once, before the first write.
    virtual void on_commit(std::function<void()> told) = 0;

    /// Statements outside a transaction for migrations and maintenance; the writer stands still meanwhile.
    virtual void exclusively(const std::function<void(Connection&)>& work) = 0;

  protected:
    virtual void run_write(const std::function<void(Transaction&)>& work) = 0;
};

/// A migration built into the binary.
struct Migration
{
    int number;
    std::string_view name;
    std::string_view sql;
};

/// The migrations for an engine, in order, from migrations/ (generated at build time).
std::span<const Migration> migrations(Engine engine);
/// Applies what is missing, each in its own transaction; returns their names. Throws Error for a database newer than this binary.
std::vector<std::string> migrate(Database& database);
/// Names of migrations not applied yet.
std::vector<std::string> pending_migrations(Database& database);

} // namespace db
