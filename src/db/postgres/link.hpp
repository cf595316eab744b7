#pragma once

#include "db/postgres/error.hpp"
#include "db/postgres/url.hpp"
#include "db/value.hpp"

#include <chrono>
#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

struct pg_conn;
struct pg_result;

namespace db {

struct PostgresResultClearer
{
    void operator()(pg_result* result) const noexcept;
};
using PostgresResult = std::unique_ptr<pg_result, PostgresResultClearer>;

/// The values of one execution as libpq wants them.
class PostgresParameters
{
  public:
    /// Copy the values. Throws Error for text with a zero byte, which PostgreSQL cannot hold.
    void set(std::span<const Value> values);

    int count() const { return static_cast<int>(pointers_.size()); }
    const char* const* pointers() const { return pointers_.data(); }
    const int* lengths() const { return lengths_.data(); }
    const int* formats() const { return formats_.data(); }

  private:
    void add(const Value& value);

    std::string bytes_;
    std::vector<const char*> pointers_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
};

/// The results of one batch.
struct PostgresReply
{
    /// Of the last step that succeeded; null when none did.
    PostgresResult last;
    /// Of the step that failed; null when all succeeded.
    PostgresResult error;
    /// How many steps succeeded: preparing and executing count one each.
    std::size_t succeeded = 0;
    /// The server warned of something.
    bool warned = false;
};

/// One libpq connection in pipeline mode: steps are queued, sent as a batch, and answered in order. Every wait ends at
/// the time limit, even when the server's process is frozen. After PostgresLost only is_lost() may be asked.
class PostgresLink
{
  public:
    using Clock = std::chrono::steady_clock;

    /// Connect. Throws base::Unavailable naming the server, never the password.
    explicit PostgresLink(const PostgresKeywords& keywords);
    PostgresLink(const PostgresLink&) = delete;
    PostgresLink& operator=(const PostgresLink&) = delete;
    ~PostgresLink();

    void queue_prepare(const std::string& name, const std::string& sql);
    void queue_execute(const std::string& name, const PostgresParameters& parameters);
    /// Prepare without a name and executes: one step.
    void queue_once(const std::string& sql, const PostgresParameters& parameters);
    /// End the batch and send it.
    void send();
    /// Receive the oldest batch not received yet. Throws PostgresLost.
    PostgresReply receive(Clock::time_point limit);
    /// Run several statements, outside a batch; returns the last result or the failed one. Throws PostgresLost.
    PostgresResult run_script(const std::string& script);

    /// Batches sent and not received.
    std::size_t waiting() const { return waiting_; }
    bool is_lost() const { return lost_; }
    /// "15.18 (Debian 15.18-0+deb12u1)", as the server reports it.
    std::string parameter(const char* name) const;
    int server_version() const;

  private:
    struct Closer
    {
        void operator()(pg_conn* connection) const noexcept;
    };
    static void note_warning(void* link, const pg_result* notice);
    void check(int done);
    void flush(Clock::time_point limit);
    void wait(short events, Clock::time_point limit);
    PostgresResult next_result(Clock::time_point limit);
    [[noreturn]] void lose(const std::string& reason);

    std::unique_ptr<pg_conn, Closer> connection_;
    std::size_t waiting_ = 0;
    bool warned_ = false;
    bool lost_ = false;
};

} // namespace db
