#include "db/engines.hpp"
#include "db/postgres/listener.hpp"
#include "db/postgres/pool.hpp"

#include <chrono>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

namespace db {

namespace {

constexpr int oldest_server = 130000;

/// While it lives, the thread writes to the database; the one before comes back afterwards.
class WritingOn
{
  public:
    explicit WritingOn(const Database& database) : before_(std::exchange(current_, &database))
    {
        if (before_ == &database)
            throw std::logic_error("a write inside a write would not be part of it");
    }
    WritingOn(const WritingOn&) = delete;
    WritingOn& operator=(const WritingOn&) = delete;
    ~WritingOn() { current_ = before_; }

  private:
    static thread_local const Database* current_;
    const Database* before_;
};

thread_local const Database* WritingOn::current_ = nullptr;

/// Lends itself: the connection is given back however the work ends.
class Lent
{
  public:
    explicit Lent(PostgresPool& pool) : pool_(pool), connection_(pool.lend()) {}
    Lent(const Lent&) = delete;
    Lent& operator=(const Lent&) = delete;
    ~Lent() { pool_.give_back(connection_); }
    PostgresConnection& operator*() const { return connection_; }

  private:
    PostgresPool& pool_;
    PostgresConnection& connection_;
};

class PostgresDatabase final : public Database
{
  public:
    PostgresDatabase(PostgresTarget target, const DatabaseOptions& options)
        : target_(std::move(target)),
          listen_on_(listen_keywords(options)),
          readers_(target_, PostgresRole::Reader, {options.readers, options.longest_wait}),
          writers_(target_, PostgresRole::Writer, {options.connections, options.longest_wait})
    {
        const Lent first(readers_);
        check(*first);
    }

    Engine engine() const override { return Engine::Postgres; }
    std::string version() const override { return version_; }
    std::string home() override
    {
        const Lent lent(readers_);
        Connection& connection = *lent;
        // A provider may keep the cluster's number to itself.
        const bool is_told = connection
                                 .query("SELECT CASE WHEN has_function_privilege('pg_control_system()', 'execute')"
                                        " THEN 1 ELSE 0 END")
                                 .integer() == 1;
        const auto text = [](const Row& row) { return row.string(0); };
        const std::string cluster =
            is_told ? connection.query("SELECT CAST(system_identifier AS TEXT) FROM pg_control_system()")
                          .first(text)
                          .value_or("")
                    : "";
        return cluster + '/' +
               connection
                   .query("SELECT CAST(oid AS TEXT) || '/' || COALESCE(CAST(current_schema() AS TEXT), '')"
                          " FROM pg_database WHERE datname = current_database()")
                   .first(text)
                   .value_or("");
    }
    ReadLease read() override { return {readers_.lend(), readers_}; }
    bool is_damaged() const override { return target_.damage->is_set(); }
    Inspection inspect(const std::function<bool()>& /*goes_on*/) override { return look_for_damage(*read()); }
    void on_commit(std::function<void()> told) override
    {
        listener_.reset();
        committed_ = std::move(told);
        if (committed_ && listen_on_)
            listener_ = std::make_unique<PostgresListener>(*listen_on_, committed_);
    }

    // The lock is held by a transaction on a connection of its own: that works through PgBouncer, too.
    void exclusively(const std::function<void(Connection&)>& work) override
    {
        PostgresConnection guard(target_, PostgresRole::Exclusive);
        Transaction lock(guard);
        lock.apply("BEGIN");
        lock.apply("SELECT set_config('lock_timeout', '10min', true),"
                   " set_config('idle_in_transaction_session_timeout', '0', true)");
        // "gas-util" in ASCII; whoever takes another lock in this database must choose another number.
        lock.query("SELECT pg_advisory_xact_lock(7449363220484549996)").first([](Row) { return true; });
        PostgresConnection connection(target_, PostgresRole::Exclusive);
        work(connection);
        announce_commit();
    }

  private:
    // PgBouncer in transaction mode takes LISTEN and never passes a notification on.
    static std::optional<PostgresKeywords> listen_keywords(const DatabaseOptions& options)
    {
        if (!options.listen_url.empty())
            return read_postgres_url(options.listen_url);
        if (options.prepared == PreparedStatements::Off)
            return std::nullopt;
        return read_postgres_url(options.url);
    }

    void check(PostgresConnection& connection)
    {
        const PostgresLink& link = connection.link();
        const std::string version = link.parameter("server_version");
        version_ = "PostgreSQL " + version.substr(0, version.find(' '));
        if (link.server_version() < oldest_server)
            throw Error(version_ + " is too old; version 13 or newer is needed");
        const std::string encoding = link.parameter("server_encoding");
        if (!encoding.empty() && encoding != "UTF8")
            throw Error(
                "the database's encoding is " + encoding + "; make one with UTF8: createdb -E UTF8 -T template0");
    }

    void run_write(const std::function<void(Transaction&)>& work) override
    {
        const WritingOn one(*this);
        const Lent lent(writers_);
        Transaction transaction(*lent);
        work(transaction);
        const auto begun = std::chrono::steady_clock::now();
        try {
            (*lent).commit();
        } catch (const CommitUnknown&) {
            announce_commit();
            throw;
        }
        figures().note_commit(1, std::chrono::steady_clock::now() - begun);
        announce_commit();
    }

    void announce_commit() noexcept
    {
        if (committed_)
            committed_();
        if (listener_)
            listener_->tell();
    }

    const PostgresTarget target_;
    std::string version_;
    const std::optional<PostgresKeywords> listen_on_;
    std::function<void()> committed_;
    PostgresPool readers_;
    PostgresPool writers_;
    std::unique_ptr<PostgresListener> listener_;
};

} // namespace

std::unique_ptr<Database> open_postgres(const DatabaseOptions& options)
{
    try {
        return std::make_unique<PostgresDatabase>(
            PostgresTarget{.keywords = read_postgres_url(options.url, options.prepared), .prepared = options.prepared},
            options);
    } catch (const base::Unavailable& error) {
        throw Error(error.what());
    }
}

} // namespace db
