#pragma once

#include "db/connection.hpp"
#include "db/damage.hpp"
#include "db/database.hpp"
#include "db/postgres/link.hpp"
#include "db/postgres/timelines.hpp"
#include "db/statement_cache.hpp"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace db {

class PostgresConnection;

/// A statement prepared on the server when first executed there. Its whole result is fetched at bind(), so that other
/// statements of the connection can run while the rows are read.
class PostgresStatement final : public Statement
{
  public:
    /// An empty name: sent whole each time. Throws Error for parameters that are not $1 to $n.
    PostgresStatement(PostgresConnection& connection, std::string_view sql, std::string name);

    void bind(std::span<const Value> values, BoundText text) override;
    bool step() override;
    void reset() noexcept override;
    void apply(std::span<const Value> values) override;
    std::int64_t changes() const override;
    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    std::string_view text(int column) const override;

    const std::string& sql() const { return sql_; }
    const std::string& name() const { return name_; }
    /// The link of the connection on which it is prepared.
    std::size_t prepared_on = 0;

  private:
    void require_count(std::span<const Value> values) const;

    PostgresConnection& connection_;
    std::string sql_;
    std::string name_;
    std::size_t parameters_;
    PostgresResult result_;
    int row_ = -1;
    // Numbers of the current row that were asked for as text.
    mutable std::vector<std::unique_ptr<std::string>> spelled_;
};

/// State that all connections of a database share.
struct PostgresTarget
{
    PostgresKeywords keywords;
    PreparedStatements prepared = PreparedStatements::On;
    std::shared_ptr<PostgresTimelines> timelines = std::make_shared<PostgresTimelines>();
    std::shared_ptr<DamageMark> damage = std::make_shared<DamageMark>();
};

/// One session with the server. It is opened at construction, and again by itself when it is found broken before a
/// transaction has begun.
class PostgresConnection final : public Connection
{
  public:
    /// Throws base::Unavailable. The target must outlive it.
    PostgresConnection(const PostgresTarget& target, PostgresRole role);

    Engine engine() const override { return Engine::Postgres; }

    /// Begin a transaction, together with the next statement.
    void begin_with_next_statement() noexcept { state_ = State::Due; }
    /// Commit. Throws CommitUnknown when the outcome is open, base::Unavailable, ConstraintViolation or Error when
    /// nothing was written.
    void commit();
    /// End a transaction that only read, or roll one back, without waiting for the answer.
    void end() noexcept;
    /// Execute for the statement. Throws like Statement::step(), also for what was queued before.
    PostgresResult run(PostgresStatement& statement, std::span<const Value> values);
    /// Queue it, to be executed together with the next statement or the commit. The statement must outlive that.
    void queue(PostgresStatement& statement, std::span<const Value> values);

    /// True when it must be thrown away: it is lost, or its server is no longer the primary.
    bool is_broken() const { return link_->is_lost() || !target_.timelines->is_latest(timeline_); }
    /// True once after the link broke or the server turned out not to be the primary: other links to it are probably
    /// dead too.
    bool take_suspicion() noexcept { return std::exchange(suspicious_, false); }
    const PostgresLink& link() const { return *link_; }

  private:
    enum class State : std::uint8_t
    {
        /// Each statement stands alone.
        None,
        Due,
        Open
    };

    Statement& prepare(Sql sql) override;
    Statement& prepare(const SqlBuilder& built) override;
    void run_script(const std::string& script) override;
    std::int64_t insert(Sql sql, std::span<const Value> values) override;

    /// What the server answers one by one; no statement for BEGIN and COMMIT.
    struct Step
    {
        PostgresStatement* statement = nullptr;
        bool prepares = false;
    };

    std::unique_ptr<PostgresStatement> make_statement(std::string_view sql);
    void connect();
    void learn_timeline(const PostgresResult& row);
    PostgresResult attempt(PostgresStatement& statement);
    void queue_step(PostgresStatement& statement);
    void queue_begin();
    void queue_end(const char* how);
    PostgresReply exchange();
    [[noreturn]] void refuse(const PostgresReply& reply);
    PostgresReply receive_last();
    PostgresLink::Clock::time_point limit() const;

    const PostgresTarget& target_;
    const PostgresRole role_;
    std::unique_ptr<PostgresLink> link_;
    PostgresTimeline timeline_;
    std::size_t links_ = 0;
    // Kept from an earlier loan, so that it may have broken unnoticed.
    bool used_ = false;
    bool suspicious_ = false;
    State state_ = State::None;
    std::size_t names_ = 0;
    PostgresParameters parameters_;
    /// Queued and not sent yet; and those of the last batch that was.
    std::vector<Step> steps_;
    std::vector<Step> sent_;
    StatementCache<PostgresStatement> statements_;
    /// Those that return the id of what they insert.
    StatementCache<PostgresStatement> inserts_;
};

} // namespace db
