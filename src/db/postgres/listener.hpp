#pragma once

#include "base/file.hpp"
#include "db/postgres/url.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <thread>

struct pg_conn;

namespace db {

/// Receives the commits of other nodes of the site and notifies them of this one's: one thread with its own connection,
/// outside every writing transaction, because PostgreSQL lets only one notifying transaction commit at a time. A
/// notification has no content; the receiver reads what is new. It may be late, or lost while the connection is opened
/// again, which the listener does by itself within two seconds, so code that must not miss anything polls as well.
class PostgresListener
{
  public:
    /// Start the thread; returns at once. `heard` is called on the listener's thread, also after each new connection;
    /// it must be quick and not throw.
    PostgresListener(PostgresKeywords keywords, std::function<void()> heard);
    ~PostgresListener();
    PostgresListener(const PostgresListener&) = delete;
    PostgresListener& operator=(const PostgresListener&) = delete;

    /// Notify the other nodes soon, once for many calls. From any thread; quick, does not wait for the server.
    void tell() noexcept;

  private:
    using Clock = std::chrono::steady_clock;
    struct Closer
    {
        void operator()(pg_conn* connection) const noexcept;
    };

    void run();
    bool connect();
    void serve();
    bool take_input();
    bool send(const char* statement);
    void send_what_is_due();
    int wait_ms() const;
    void wait(int socket, int timeout_ms);
    void pause(std::chrono::milliseconds duration);
    void wake() noexcept;

    PostgresKeywords keywords_;
    const std::function<void()> heard_;
    const base::Descriptor wake_descriptor_;
    std::atomic<bool> is_due_ = false;
    std::atomic<bool> is_stopping_ = false;
    std::unique_ptr<pg_conn, Closer> connection_;
    /// True while an answer is expected since sent_at_.
    bool is_waiting_ = false;
    Clock::time_point sent_at_{};
    std::thread thread_;
};

} // namespace db
