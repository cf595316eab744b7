#pragma once

#include "db/sqlite/sqlite.hpp"
#include "db/write_figures.hpp"

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace db {

/// Group commit: one thread runs the waiting transactions, many under one commit, and checkpoints; callers continue
/// only after the commit is durable. Thread-safe. Destroying it finishes what waits, then empties the log.
class SqliteWriter
{
  public:
    struct Limits
    {
        std::size_t queue;
        std::size_t batch;
    };
    /// `figures` must outlive it.
    SqliteWriter(std::unique_ptr<SqliteConnection> connection, Limits limits, WriteFigures& figures);
    SqliteWriter(const SqliteWriter&) = delete;
    SqliteWriter& operator=(const SqliteWriter&) = delete;
    ~SqliteWriter();

    /// See Database::write().
    void write(const std::function<void(Transaction&)>& work);
    /// See Database::exclusively().
    void exclusively(const std::function<void(Connection&)>& work);
    /// See Database::on_commit().
    void on_commit(std::function<void()> told);

  private:
    // Lives on the waiting caller's stack.
    struct Job
    {
        const std::function<void(Transaction&)>* write = nullptr;
        const std::function<void(Connection&)>* exclusive = nullptr;
        /// Of the caller, who works for it.
        std::string_view request;
        std::exception_ptr error;
        std::mutex mutex;
        std::condition_variable told;
        bool done = false;
    };
    using Batch = std::vector<Job*>;
    enum class Outcome : std::uint8_t
    {
        Commit,
        Nothing
    };

    void submit(Job& job);
    void run();
    bool take(Batch& batch);
    void commit(Batch& batch);
    Outcome run_jobs(Batch& batch);
    void run_job(Job& job, Transaction& transaction);
    void run_exclusively(Batch& batch);
    void announce_commit() noexcept;
    /// Pages of the log that no checkpoint has copied into the database file yet.
    int unsaved_pages() noexcept;
    void checkpoint();
    static void fail(Batch& batch, const std::string& reason);
    static void tell(Batch& batch);

    std::unique_ptr<SqliteConnection> connection_;
    const Limits limits_;
    WriteFigures& figures_;
    std::function<void()> committed_;
    int checkpointed_pages_ = 0;
    bool checkpoint_failed_ = false;

    std::mutex mutex_;
    std::condition_variable work_waits_;
    std::deque<Job*> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace db
