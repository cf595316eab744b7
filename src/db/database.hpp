#pragma once

#include "db/connection.hpp"

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace db {

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

/// Takes a lent connection back.
class Lender
{
  public:
    virtual ~Lender() = default;
    virtual void give_back(Connection& connection) noexcept = 0;
};

/// A reading connection, lent until destroyed, inside one read transaction: a consistent snapshot from the first query
/// on. Rows and the text in them must not outlive it.
class ReadLease
{
  public:
    ReadLease(Connection& connection, Lender& lender) : connection_(&connection), lender_(&lender) {}
    ReadLease(ReadLease&& other) noexcept
        : connection_(std::exchange(other.connection_, nullptr)), lender_(other.lender_)
    {}
    ReadLease(const ReadLease&) = delete;
    ReadLease& operator=(const ReadLease&) = delete;
    ReadLease& operator=(ReadLease&&) = delete;
    ~ReadLease()
    {
        if (connection_ != nullptr)
            lender_->give_back(*connection_);
    }

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_; }

  private:
    Connection* connection_;
    Lender* lender_;
};

/// The site's database. Thread-safe; owned by app/.
class Database
{
  public:
    virtual ~Database() = default;

    /// Opens (creating the file if needed). Throws Error in plain words: locked by another process, no permission,
    /// damaged.
    static std::unique_ptr<Database> open(const DatabaseOptions& options);

    virtual Engine engine() const = 0;
    /// "SQLite 3.40.1".
    virtual std::string version() const = 0;

    /// Waits for a free reading connection; throws base::Unavailable after five seconds.
    virtual ReadLease read() = 0;

    /// Runs `work(Transaction&)` and returns its result once the commit is durable; an exception from it undoes its
    /// writes and is rethrown here. Blocks the calling thread; `work` runs on another one, so it must not touch
    /// thread-local state. Throws base::Unavailable when the queue is full, the disk is full or failing, or the
    /// database is locked: nothing is promised to be written. Work runs at most once. Throws std::logic_error when
    /// called from inside other work.
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

    /// Called on the writer's thread after every durable commit and before write() returns; must be quick and not
    /// throw. Set once, before the first write.
    virtual void on_commit(std::function<void()> told) = 0;

    /// Statements outside a transaction for migrations and maintenance; the writer stands still meanwhile. An exception
    /// is rethrown here; a transaction left open is rolled back, foreign keys are on again afterwards.
    virtual void exclusively(const std::function<void(Connection&)>& work) = 0;

  protected:
    virtual void run_write(const std::function<void(Transaction&)>& work) = 0;
};

/// A migration built into the binary. `name` is the file's without extension: "0001_users".
struct Migration
{
    int number;
    std::string_view name;
    std::string_view sql;
};

/// The migrations for an engine, in order, from migrations/ (generated at build time).
std::span<const Migration> migrations(Engine engine);
/// Applies what is missing, each in its own transaction; returns their names. Throws Error, changing nothing, for a
/// database newer than this binary and for an applied migration whose text has changed since.
std::vector<std::string> migrate(Database& database);
std::vector<std::string> migrate(Database& database, std::span<const Migration> known);
/// Names of migrations not applied yet. Throws like migrate().
std::vector<std::string> pending_migrations(Database& database);
std::vector<std::string> pending_migrations(Database& database, std::span<const Migration> known);

} // namespace db
