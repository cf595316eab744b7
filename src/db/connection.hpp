#pragma once
// db/ is the only access to a database: connections with cached prepared statements, transactions, the group-commit
// writer, migrations. It knows no table of ours. Only its .cpp files see sqlite3.h and libpq-fe.h.

#include "db/sql.hpp"
#include "db/value.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace db {

enum class Engine : std::uint8_t
{
    Sqlite,
    Postgres
};

/// The statement failed. The text is for the log, never for a visitor.
struct Error : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

/// Another process has the database open.
struct InUse : Error
{
    using Error::Error;
};

/// A UNIQUE, CHECK, NOT NULL or FOREIGN KEY constraint refused the row.
struct ConstraintViolation : Error
{
    using Error::Error;
};

/// Whether bound text is copied (the rows outlive the caller's temporaries) or borrowed until the execution ends.
enum class BoundText : std::uint8_t
{
    Copied,
    Borrowed
};

/// A prepared statement of one engine; owned by its connection's cache and used by one thread at a time.
class Statement
{
  public:
    virtual ~Statement() = default;
    /// Bind $1, $2, …; throws Error when their number is not the statement's.
    virtual void bind(std::span<const Value> values, BoundText text) = 0;
    /// Advance to the next row: true when there is one, false at the end. Throws Error, ConstraintViolation, or
    /// base::Unavailable when the disk is full or fails, or the database is locked.
    virtual bool step() = 0;
    /// End the execution, so that no lock stays behind.
    virtual void reset() noexcept = 0;
    /// Execute to the end; nobody reads the result. A later statement or the commit may throw the error.
    virtual void apply(std::span<const Value> values) = 0;
    /// Rows changed by this execution; zero for a statement that only reads.
    virtual std::int64_t changes() const = 0;
    virtual bool is_null(int column) const = 0;
    virtual std::int64_t integer(int column) const = 0;
    /// The bytes of a text or blob, never a null pointer; valid until the next step.
    virtual std::string_view text(int column) const = 0;

    /// True while its rows are being read; asking for the same text now returns a second copy.
    bool in_use = false;
};

/// The current row of a result. Text views are valid until the next row.
class Row
{
  public:
    explicit Row(const Statement& statement) : statement_(&statement) {}

    bool is_null(int column) const { return statement_->is_null(column); }
    std::int64_t integer(int column) const { return statement_->integer(column); }
    bool boolean(int column) const { return statement_->integer(column) != 0; }
    /// Empty for NULL.
    std::string_view text(int column) const { return statement_->text(column); }
    std::string string(int column) const { return std::string(text(column)); }
    base::Time time(int column) const { return base::from_millis(integer(column)); }
    std::optional<base::Time> optional_time(int column) const
    {
        return is_null(column) ? std::nullopt : std::optional(time(column));
    }
    /// Zero for NULL.
    template <typename IdType>
    IdType id(int column) const
    {
        return IdType{integer(column)};
    }

  private:
    const Statement* statement_;
};

/// The rows of one execution, read once, in order. Ends the execution when destroyed.
class Rows
{
  public:
    explicit Rows(Statement& statement) : statement_(&statement) { statement.in_use = true; }
    Rows(Rows&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    Rows& operator=(Rows&&) = delete;
    ~Rows()
    {
        if (statement_ == nullptr)
            return;
        statement_->reset();
        statement_->in_use = false;
    }

    struct End
    {
    };
    class Iterator
    {
      public:
        explicit Iterator(Statement& statement) : statement_(&statement), more_(statement.step()) {}
        Row operator*() const { return Row(*statement_); }
        Iterator& operator++()
        {
            more_ = statement_->step();
            return *this;
        }
        bool operator==(End) const { return !more_; }

      private:
        Statement* statement_;
        bool more_;
    };
    Iterator begin() { return Iterator(*statement_); }
    static End end() { return {}; }

    /// The first row mapped, or nothing.
    template <typename Map>
    auto first(Map&& map) -> std::optional<std::decay_t<std::invoke_result_t<Map, Row>>>
    {
        if (!statement_->step())
            return std::nullopt;
        return std::forward<Map>(map)(Row(*statement_));
    }
    /// The first column of the first row, zero when there is none.
    std::int64_t integer() { return statement_->step() ? statement_->integer(0) : 0; }

  private:
    Statement* statement_;
};

/// All rows mapped.
template <typename Map>
auto map_rows(Rows rows, Map&& map)
{
    std::vector<std::decay_t<std::invoke_result_t<Map, Row>>> mapped;
    for (const Row row : rows)
        mapped.push_back(map(row));
    return mapped;
}

/// One session with the database, used by one thread at a time. Reading functions take `db::Connection&`.
/// Arguments of query() may be temporaries: their text is copied.
class Connection
{
  public:
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// For the few statements that differ between engines: the full-text search and hints to a planner.
    virtual Engine engine() const = 0;

    template <typename... Args>
    Rows query(Sql sql, const Args&... args)
    {
        const Value values[sizeof...(Args) + 1] = {Value(args)..., Value()};
        return run(prepare(sql), std::span<const Value>(values, sizeof...(Args)));
    }
    Rows query(const SqlBuilder& built) { return run(prepare(built), built.values()); }

  protected:
    Connection() = default;
    /// Find or prepares a statement that is not in use. Throws Error.
    virtual Statement& prepare(Sql sql) = 0;
    virtual Statement& prepare(const SqlBuilder& built) = 0;
    /// Run the statements of a migration one after the other. Throws like Statement::step().
    virtual void run_script(const std::string& script) = 0;
    /// Run INSERT of one row to the end and return its id; zero when none was inserted.
    virtual std::int64_t insert(Sql sql, std::span<const Value> values) = 0;

  private:
    friend class Transaction;
    friend class MigrationRun;
    static Rows run(Statement& statement, std::span<const Value> values)
    {
        Rows rows(statement);
        statement.bind(values, BoundText::Copied);
        return rows;
    }
};

/// Permission to write: only db::Database::write() makes one. Everything written through it is committed, or nothing
/// is.
class Transaction
{
  public:
    explicit Transaction(Connection& connection) : connection_(connection) {}
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    /// For functions that only read.
    operator Connection&() { return connection_; }
    Engine engine() const { return connection_.engine(); }

    template <typename... Args>
    Rows query(Sql sql, const Args&... args)
    {
        return connection_.query(sql, args...);
    }
    Rows query(const SqlBuilder& built) { return connection_.query(built); }
    /// Run to the end without waiting for the result. PostgreSQL receives it together with the next statement that is
    /// waited for, or with the commit, which then throws the error of this one.
    template <typename... Args>
    void apply(Sql sql, const Args&... args)
    {
        const Value values[sizeof...(Args) + 1] = {Value(args)..., Value()};
        connection_.prepare(sql).apply(std::span<const Value>(values, sizeof...(Args)));
    }
    /// Wait for the result, because a text made at run time may be freed before it is sent.
    void apply(const SqlBuilder& built) { static_cast<void>(execute(built)); }
    /// Run to the end and return the number of rows changed. Throws ConstraintViolation or Error.
    template <typename... Args>
    [[nodiscard]] std::int64_t execute(Sql sql, const Args&... args)
    {
        const Value values[sizeof...(Args) + 1] = {Value(args)..., Value()};
        return run_to_end(connection_.prepare(sql), std::span<const Value>(values, sizeof...(Args)));
    }
    [[nodiscard]] std::int64_t execute(const SqlBuilder& built)
    {
        return run_to_end(connection_.prepare(built), built.values());
    }
    /// Insert one row and return its id: INSERT without RETURNING, and without ON CONFLICT DO UPDATE; zero when none
    /// was inserted (SELECT without rows, ON CONFLICT DO NOTHING). Throws ConstraintViolation or Error.
    template <typename IdType, typename... Args>
    IdType insert(Sql sql, const Args&... args)
    {
        const Value values[sizeof...(Args) + 1] = {Value(args)..., Value()};
        return IdType{connection_.insert(sql, std::span<const Value>(values, sizeof...(Args)))};
    }

  private:
    // To the end even with RETURNING, so that a constraint checked last is reported and not lost in the reset.
    static std::int64_t run_to_end(Statement& statement, std::span<const Value> values)
    {
        const Rows rows(statement);
        statement.bind(values, BoundText::Borrowed);
        while (statement.step()) {
        }
        return statement.changes();
    }
    Connection& connection_;
};

} // namespace db
