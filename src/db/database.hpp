#pragma once

#include "base/error.hpp"
#include "db/connection.hpp"
#include "db/inspection.hpp"
#include "db/write_figures.hpp"

#include <chrono>
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

/// The COMMIT was sent but its answer never came: it was carried out, or it was not. Never repeat the work blindly;
/// look for what it would have written, or tell the visitor that it is not certain.
struct CommitUnknown : base::Unavailable
{
    using base::Unavailable::Unavailable;
};

/// A statement found damaged data since the database was opened, so nothing is written any more.
struct Damaged : base::Unavailable
{
    using base::Unavailable::Unavailable;
};

/// Whether PostgreSQL keeps statements prepared between transactions.
enum class PreparedStatements : std::uint8_t
{
    On,
    /// For PgBouncer in transaction mode, which gives every transaction another server connection.
    Off
};

struct DatabaseOptions
{
    /// "sqlite:///path/to/file" ("sqlite:////absolute"), or libpq's "postgresql://user@host/database".
    std::string url;
    /// Connections kept for reading.
    std::size_t readers = 4;
    /// PostgreSQL: connections for writing at most.
    std::size_t connections = 16;
    PreparedStatements prepared = PreparedStatements::On;
    /// PostgreSQL: how long to wait for a free connection.
    std::chrono::milliseconds longest_wait{5000};
    /// PostgreSQL: where this node receives commits of other nodes, past any PgBouncer. Empty: the URL itself; then
    /// nothing is received with PreparedStatements::Off.
    std::string listen_url = {};
    /// SQLite: transactions that may wait for the writer; one more is refused with base::Unavailable.
    std::size_t write_queue = 512;
    /// SQLite: transactions committed together at most.
    std::size_t batch = 256;
};

/// Return the URL as it may be shown and logged: without a password.
std::string shown_url(const std::string& url);

/// Takes a lent connection back.
class Lender
{
  public:
    virtual ~Lender() = default;
    virtual void give_back(Connection& connection) noexcept = 0;
};

/// A reading connection, borrowed until destroyed, inside one read transaction: a consistent snapshot from the first
/// query on. Rows and the text in them must not outlive it.
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

/// The site's database. Thread-safe; owned by server/.
class Database
{
  public:
    virtual ~Database() = default;

    /// Open the database (SQLite: create the file if needed). Throws Error in plain words, without the URL's password:
    /// locked by another process, no permission, damaged, server not reached or too old.
    static std::unique_ptr<Database> open(const DatabaseOptions& options);

    virtual Engine engine() const = 0;
    /// "SQLite 3.40.1", "PostgreSQL 15.18".
    virtual std::string version() const = 0;

    /// Where the data is. A copy that somebody restored is somewhere else, whatever it holds; a standby that became the
    /// primary is not. SQLite: the file's path. PostgreSQL: the number of its cluster and of the database in it.
    virtual std::string home() = 0;

    /// Wait for a free reading connection; throws base::Unavailable after five seconds.
    virtual ReadLease read() = 0;

    /// True when a statement found damaged data since the database was opened; the first one was logged. Stays true
    /// until it is opened again, because the rest may be damaged too.
    virtual bool is_damaged() const = 0;
    /// Read the stored data, part by part on a connection of its own, and look for damage until `goes_on` returns
    /// false; writing and reading continue meanwhile. SQLite: damage is noted as if a statement had found it.
    /// PostgreSQL: reads nothing itself and notes nothing, because its count of bad pages goes on after they were
    /// mended.
    virtual Inspection inspect(const std::function<bool()>& goes_on) = 0;

    /// Run `work(Transaction&)` and return its result once the commit is durable; an exception from it rolls back its
    /// writes and is rethrown here. Blocks the calling thread; on SQLite `work` runs on another one, so it must not
    /// touch thread-local state. On PostgreSQL several works run at the same time (READ COMMITTED). Throws
    /// base::Unavailable when the queue is full, the disk is full or failing, the database is locked or not reached, or
    /// the server aborted the transaction (deadlock, timeout): nothing was written; throws its subclass CommitUnknown
    /// when that is not certain, and its subclass Damaged once is_damaged(). Work runs at most once. Throws
    /// std::logic_error when called from inside other work.
    template <typename Work>
    auto write(Work&& work)
    {
        using Result = std::invoke_result_t<Work, Transaction&>;
        if (is_damaged())
            throw Damaged("the database is damaged; nothing is written to it any more");
        if constexpr (std::is_void_v<Result>) {
            run_write([&](Transaction& tx) { work(tx); });
        } else {
            std::optional<Result> result;
            run_write([&](Transaction& tx) { result.emplace(work(tx)); });
            return std::move(*result);
        }
    }

    /// Set a function that is called after every durable or possibly durable commit, before write() returns: on
    /// SQLite's writer thread, on PostgreSQL on the calling threads. It is also called soon after a commit of another
    /// node; such a call may be missed, so poll as well. It must be quick and not throw. Set it once, before the first
    /// write; an empty function ends it.
    virtual void on_commit(std::function<void()> told) = 0;

    /// Run statements outside a transaction, for migrations and maintenance. SQLite's writer waits meanwhile; on
    /// PostgreSQL only one caller of all nodes of the site runs at a time, and writing continues. An exception is
    /// rethrown here; a transaction left open is rolled back, and foreign keys are on again afterwards.
    virtual void exclusively(const std::function<void(Connection&)>& work) = 0;

    /// What was written since it was opened, for monitoring.
    const WriteFigures& write_figures() const { return figures_; }

  protected:
    WriteFigures& figures() { return figures_; }
    virtual void run_write(const std::function<void(Transaction&)>& work) = 0;

  private:
    WriteFigures figures_;
};

/// A migration built into the binary. `name` is the file's without extension: "0001_users".
struct Migration
{
    int number;
    std::string_view name;
    std::string_view sql;
};

/// Return the migrations for an engine, in order, from migrations/ (generated at build time).
std::span<const Migration> migrations(Engine engine);
/// Apply missing migrations, each in its own transaction; returns their names. Throws Error, changing nothing, for a
/// database newer than this binary and for an applied migration whose text has changed since.
std::vector<std::string> migrate(Database& database);
std::vector<std::string> migrate(Database& database, std::span<const Migration> known);
/// List names of migrations not applied yet. Throws like migrate().
std::vector<std::string> pending_migrations(Database& database);
std::vector<std::string> pending_migrations(Database& database, std::span<const Migration> known);

} // namespace db
