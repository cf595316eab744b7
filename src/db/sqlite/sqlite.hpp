#pragma once
// SQLite behind the interfaces of connection.hpp: statements, their cache, and a connection with our settings. Only
// db/'s own .cpp files include it.

#include "db/connection.hpp"
#include "db/statement_cache.hpp"

#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace db {

class DamageMark;

class SqliteStatement final : public Statement
{
  public:
    /// Prepare one statement whose parameters are $1…$n without gaps. Throws Error.
    SqliteStatement(sqlite3* database, std::string_view sql, DamageMark* damage);
    SqliteStatement(const SqliteStatement&) = delete;
    SqliteStatement& operator=(const SqliteStatement&) = delete;
    ~SqliteStatement() override;

    void bind(std::span<const Value> values, BoundText text) override;
    bool step() override;
    void reset() noexcept override;
    void apply(std::span<const Value> values) override;
    std::int64_t changes() const override;
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;

  private:
    void map_parameters();
    void bind_one(int index, const Value& value, std::string_view text);

    sqlite3* database_;
    DamageMark* damage_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<int> indexes_;
    std::string copies_;
};

/// The writer writes and checkpoints, readers do neither: Debian 12's SQLite can corrupt a WAL database when one
/// connection commits while another one checkpoints (sqlite.org/wal.html#walresetbug).
/// The other two look into a file of another program: as its guest, or as a file that nobody can be changing.
enum class SqliteRole : std::uint8_t
{
    Writer,
    Reader,
    Foreign,
    Immutable
};

class SqliteConnection final : public Connection
{
  public:
    /// Open the database; the writer creates it and recovers it after a crash. Throws Error in plain words.
    SqliteConnection(const std::string& path, SqliteRole role);
    ~SqliteConnection() override;

    Engine engine() const override { return Engine::Sqlite; }

    /// Set where to note damage that a statement finds; it must outlive the connection.
    void tell_of_damage(DamageMark& damage) { damage_ = &damage; }
    /// Prepare a statement that is not cached; the connection must outlive it. Throws Error.
    std::unique_ptr<SqliteStatement> prepare_once(std::string_view sql);
    /// Run to the end. Throws like Statement::step().
    void execute(Sql sql);
    bool in_transaction() const noexcept;
    /// Begin a writing transaction and take the write lock now. Until commit() or roll_back(), every statement throws
    /// base::Unavailable once SQLite has ended the transaction by itself, as it does after some disk errors: otherwise
    /// the statement would be stored alone.
    void begin_writing();
    void commit();
    /// End the transaction, if one is open, and every execution still holding a lock. False when that failed.
    bool roll_back() noexcept;
    /// Turn foreign keys on again after a migration turned them off.
    void check_references() noexcept;
    /// End a read transaction so that nothing of it stays behind.
    void end_reading() noexcept;
    /// Check for damage: empty, or SQLite's words about it.
    std::string quick_check();
    /// Copy the whole database, as the open read transaction sees it, into the empty file; SQLite's own backup, which
    /// locks nobody out and checkpoints nothing. Calls `progress(pages done, all pages)`. Throws like
    /// Statement::step().
    void copy_into(const std::string& path, const std::function<void(std::int64_t, std::int64_t)>& progress);
    /// Return cached pages to the system.
    void release_memory() noexcept;

    /// Pages now in the write-ahead log, as of the last commit.
    int log_pages() const noexcept { return log_pages_; }
    enum class Checkpoint : std::uint8_t
    {
        Passive,
        Truncate
    };
    /// Copy the log into the database file. False when the disk refused it; nothing is lost then.
    bool checkpoint(Checkpoint mode) noexcept;

  private:
    struct Closer
    {
        void operator()(sqlite3* handle) const noexcept;
    };

    Statement& prepare(Sql sql) override;
    Statement& prepare(const SqlBuilder& built) override;
    void run_script(const std::string& script) override;
    std::int64_t insert(Sql sql, std::span<const Value> values) override;

    void configure(SqliteRole role);
    std::unique_ptr<SqliteStatement> make_statement(std::string_view sql);
    void refuse_outside_transaction() const;

    std::unique_ptr<sqlite3, Closer> handle_;
    DamageMark* damage_ = nullptr;
    int log_pages_ = 0;
    bool writing_ = false;
    StatementCache<SqliteStatement> statements_;
};

/// Return the file that a "sqlite:///" URL names, as an absolute path. Throws Error for any other text.
std::filesystem::path sqlite_path(const std::string& url);

/// Set options of the whole library; called before the first connection, any number of times.
void configure_sqlite_once();

} // namespace db
