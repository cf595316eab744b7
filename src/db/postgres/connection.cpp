#include "db/postgres/postgres.hpp"

#include <libpq-fe.h>

namespace db {

namespace {

// The server's own timeout comes first; this one is for a server that no longer answers at all.
constexpr std::chrono::seconds longest_wait(15);
// A break found later than this is not mended within the request: its server is frozen, and the next one waits again.
constexpr std::chrono::seconds longest_repeated(2);
// More texts than this are sent whole each time: the server keeps every prepared one in memory.
constexpr std::size_t most_prepared = 1000;
// So that neither side has to hold the answers of many.
constexpr std::size_t most_queued = 100;

constexpr const char* begin_reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
constexpr const char* begin_writing = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

// No statement timeout while writing: it would also end the wait of a COMMIT for the standby, and PostgreSQL then
// reports success for what the next failover loses. Locks are what a write waits for, and they have a timeout.
constexpr const char* reader_options = "-c statement_timeout=10s -c lock_timeout=4s"
                                       " -c idle_in_transaction_session_timeout=60s -c jit=off";
constexpr const char* writer_options = "-c statement_timeout=0 -c lock_timeout=4s"
                                       " -c idle_in_transaction_session_timeout=60s -c jit=off";
constexpr const char* exclusive_options = "-c statement_timeout=0 -c lock_timeout=0"
                                          " -c idle_in_transaction_session_timeout=0";
// Asked only when several hosts are named: behind one address it is somebody else's business who is the primary.
constexpr const char* ask_timeline =
    "SELECT (SELECT CAST(system_identifier AS TEXT) FROM pg_control_system()),"
    " CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END";
// The same for one transaction, where the session belongs to PgBouncer.
constexpr const char* reader_settings =
    "SELECT set_config('statement_timeout', '10s', true), set_config('lock_timeout', '4s', true),"
    " set_config('idle_in_transaction_session_timeout', '60s', true)";
constexpr const char* writer_settings =
    "SELECT set_config('statement_timeout', '0', true), set_config('lock_timeout', '4s', true),"
    " set_config('idle_in_transaction_session_timeout', '60s', true)";

const char* options_of(PostgresRole role)
{
    switch (role) {
    case PostgresRole::Reader:
        return reader_options;
    case PostgresRole::Writer:
        return writer_options;
    case PostgresRole::Exclusive:
        break;
    }
    return exclusive_options;
}

} // namespace

PostgresConnection::PostgresConnection(const PostgresTarget& target, PostgresRole role) : target_(target), role_(role)
{
    connect();
}

void PostgresConnection::connect()
{
    PostgresKeywords keywords = target_.keywords;
    if (target_.prepared == PreparedStatements::On) {
        std::string& options = keywords["options"];
        // The operator's own come last and so win.
        options = options_of(role_) + (options.empty() ? "" : " " + options);
    }
    link_ = std::make_unique<PostgresLink>(keywords);
    ++links_;
    used_ = false;
    timeline_ = {};
    if (role_ == PostgresRole::Exclusive || target_.prepared == PreparedStatements::Off)
        return;
    link_->queue_prepare("begin", role_ == PostgresRole::Reader ? begin_reading : begin_writing);
    link_->queue_prepare("commit", "COMMIT");
    link_->queue_prepare("rollback", "ROLLBACK");
    link_->send();
    const bool has_several_hosts = keywords["host"].find(',') != std::string::npos;
    if (has_several_hosts) {
        static const PostgresParameters none;
        link_->queue_once(ask_timeline, none);
        link_->send();
    }
    const PostgresReply reply = link_->receive(limit());
    if (reply.error != nullptr)
        throw_postgres_error(reply.error.get(), "preparing", role_, *target_.damage);
    if (has_several_hosts)
        learn_timeline(link_->receive(limit()).last);
}

// A server that cannot tell is believed.
void PostgresConnection::learn_timeline(const PostgresResult& row)
{
    if (row != nullptr && PQntuples(row.get()) == 1)
        timeline_ = {PQgetvalue(row.get(), 0, 0), timeline_in_log_name(PQgetvalue(row.get(), 0, 1))};
    if (!target_.timelines->is_latest(timeline_))
        throw base::Unavailable("this PostgreSQL server is no longer the primary and does not know it yet");
}

PostgresLink::Clock::time_point PostgresConnection::limit() const
{
    return role_ == PostgresRole::Exclusive ? PostgresLink::Clock::time_point::max()
                                            : PostgresLink::Clock::now() + longest_wait;
}

PostgresReply PostgresConnection::receive_last()
{
    const auto until = limit();
    while (link_->waiting() > 1)
        link_->receive(until);
    return link_->receive(until);
}

std::unique_ptr<PostgresStatement> PostgresConnection::make_statement(std::string_view sql)
{
    std::string name;
    if (target_.prepared == PreparedStatements::On && names_ < most_prepared)
        name = "s" + std::to_string(++names_);
    return std::make_unique<PostgresStatement>(*this, sql, std::move(name));
}

Statement& PostgresConnection::prepare(Sql sql)
{
    return statements_.get(sql, [this](std::string_view text) { return make_statement(text); });
}

Statement& PostgresConnection::prepare(const SqlBuilder& built)
{
    return statements_.get(built, [this](std::string_view text) { return make_statement(text); });
}

PostgresResult PostgresConnection::run(PostgresStatement& statement, std::span<const Value> values)
{
    parameters_.set(values);
    if (link_->is_lost())
        throw PostgresLost("the connection to PostgreSQL was lost before");
    // Nothing of the transaction has been done yet, so beginning it again on a new link repeats nothing.
    const bool may_repeat = state_ == State::Due && used_;
    const auto began = PostgresLink::Clock::now();
    try {
        return attempt(statement);
    } catch (const PostgresLost&) {
        suspicious_ = true;
        if (!may_repeat || PostgresLink::Clock::now() - began > longest_repeated)
            throw;
    }
    connect();
    state_ = State::Due;
    return attempt(statement);
}

void PostgresConnection::queue(PostgresStatement& statement, std::span<const Value> values)
{
    // The first one is waited for: it finds out whether the link still holds, and may be repeated on another.
    if (state_ != State::Open || steps_.size() >= most_queued) {
        run(statement, values);
        return;
    }
    if (link_->is_lost())
        throw PostgresLost("the connection to PostgreSQL was lost before");
    parameters_.set(values);
    queue_step(statement);
}

PostgresResult PostgresConnection::attempt(PostgresStatement& statement)
{
    if (state_ == State::Due)
        queue_begin();
    queue_step(statement);
    PostgresReply reply = exchange();
    if (state_ == State::Due && reply.succeeded > 0)
        state_ = State::Open;
    if (reply.error != nullptr)
        refuse(reply);
    if (PQresultStatus(reply.last.get()) == PGRES_EMPTY_QUERY)
        throw Error("exactly one statement expected: " + statement.sql());
    return std::move(reply.last);
}

void PostgresConnection::queue_step(PostgresStatement& statement)
{
    if (statement.name().empty()) {
        link_->queue_once(statement.sql(), parameters_);
    } else {
        if (statement.prepared_on != links_) {
            link_->queue_prepare(statement.name(), statement.sql());
            steps_.push_back({.statement = &statement, .prepares = true});
            statement.prepared_on = links_;
        }
        link_->queue_execute(statement.name(), parameters_);
    }
    steps_.push_back({.statement = &statement});
}

/// Sends what is queued and takes the answers.
PostgresReply PostgresConnection::exchange()
{
    sent_.swap(steps_);
    steps_.clear();
    link_->send();
    PostgresReply reply = receive_last();
    for (std::size_t i = reply.succeeded; i < sent_.size(); ++i) {
        if (sent_[i].prepares)
            sent_[i].statement->prepared_on = 0;
    }
    return reply;
}

void PostgresConnection::refuse(const PostgresReply& reply)
{
    const PostgresStatement* const failed = reply.succeeded < sent_.size() ? sent_[reply.succeeded].statement : nullptr;
    suspicious_ = suspicious_ || (role_ == PostgresRole::Writer && is_read_only(reply.error.get()));
    throw_postgres_error(
        reply.error.get(), failed == nullptr ? "BEGIN or COMMIT" : failed->sql(), role_, *target_.damage);
}

void PostgresConnection::queue_begin()
{
    static const PostgresParameters none;
    steps_.emplace_back();
    if (target_.prepared == PreparedStatements::On) {
        link_->queue_execute("begin", none);
        return;
    }
    steps_.emplace_back();
    link_->queue_once(role_ == PostgresRole::Reader ? begin_reading : begin_writing, none);
    link_->queue_once(role_ == PostgresRole::Reader ? reader_settings : writer_settings, none);
}

void PostgresConnection::queue_end(const char* how)
{
    static const PostgresParameters none;
    if (target_.prepared == PreparedStatements::On)
        link_->queue_execute(how, none);
    else
        link_->queue_once(how, none);
}

void PostgresConnection::commit()
{
    if (link_->is_lost())
        throw PostgresLost("the connection to PostgreSQL was lost before COMMIT");
    if (state_ != State::Open) {
        state_ = State::None;
        return;
    }
    PostgresReply reply;
    try {
        queue_end("commit");
        steps_.emplace_back();
        reply = exchange();
    } catch (const PostgresLost& lost) {
        suspicious_ = true;
        throw CommitUnknown(std::string("no answer to COMMIT: ") + lost.what());
    }
    // Refused before COMMIT, the transaction is open still, and end() undoes it.
    if (reply.succeeded + 1 >= sent_.size())
        state_ = State::None;
    if (reply.error != nullptr)
        refuse(reply);
    // "canceling wait for synchronous replication": here, but perhaps not on the standby.
    if (reply.warned)
        throw CommitUnknown("PostgreSQL warned at COMMIT; it may not be on the standby");
    if (std::string_view(PQcmdStatus(reply.last.get())) != "COMMIT")
        throw base::Unavailable("the transaction had failed before its COMMIT");
}

void PostgresConnection::end() noexcept
{
    used_ = true;
    if (state_ != State::Open || link_->is_lost()) {
        state_ = State::None;
        steps_.clear();
        return;
    }
    state_ = State::None;
    try {
        // Of a transaction that is undone: sent, because libpq has them already, and what fails does not matter.
        if (!steps_.empty())
            exchange();
        queue_end(role_ == PostgresRole::Reader ? "commit" : "rollback");
        link_->send();
    } catch (const std::exception&) {
        suspicious_ = true;
    }
}

std::int64_t PostgresConnection::insert(Sql sql, std::span<const Value> values)
{
    PostgresStatement& statement = inserts_.get(
        sql, [this](std::string_view text) { return make_statement(std::string(text) + " RETURNING id"); });
    const Rows rows(statement);
    statement.bind(values, BoundText::Borrowed);
    return statement.step() ? statement.integer(0) : 0;
}

void PostgresConnection::run_script(const std::string& script)
{
    const PostgresResult result = link_->run_script(script);
    const ExecStatusType status = PQresultStatus(result.get());
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        throw_postgres_error(result.get(), script, role_, *target_.damage);
}

} // namespace db
