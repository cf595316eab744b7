#include "db/sqlite/writer.hpp"

#include "base/error.hpp"
#include "base/log.hpp"

#include <chrono>
#include <exception>
#include <stdexcept>
#include <utility>

namespace db {

namespace {

// A checkpoint makes writers wait, so it is done seldom under load (16 MB of log) and early when nothing has come for
// a moment. An empty queue alone says nothing: under load it is empty whenever the last batch took everything.
constexpr int checkpoint_pages_busy = 4'000;
constexpr int checkpoint_pages_quiet = 1000;
constexpr std::chrono::milliseconds quiet(20);

} // namespace

SqliteWriter::SqliteWriter(std::unique_ptr<SqliteConnection> connection, Limits limits, WriteFigures& figures)
    : connection_(std::move(connection)), limits_(limits), figures_(figures), thread_([this] { run(); })
{}

SqliteWriter::~SqliteWriter()
{
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    work_waits_.notify_one();
    thread_.join();
    connection_->checkpoint(SqliteConnection::Checkpoint::Truncate);
}

void SqliteWriter::write(const std::function<void(Transaction&)>& work)
{
    Job job;
    job.write = &work;
    job.request = base::log::current_request();
    submit(job);
}

void SqliteWriter::exclusively(const std::function<void(Connection&)>& work)
{
    Job job;
    job.exclusive = &work;
    submit(job);
}

void SqliteWriter::on_commit(std::function<void()> told)
{
    const std::lock_guard lock(mutex_);
    committed_ = std::move(told);
}

void SqliteWriter::submit(Job& job)
{
    if (std::this_thread::get_id() == thread_.get_id())
        throw std::logic_error("a write inside a write would wait for itself");
    {
        const std::lock_guard lock(mutex_);
        if (stopping_)
            throw base::Unavailable("the database is being closed");
        if (job.write != nullptr && queue_.size() >= limits_.queue)
            throw base::Unavailable("too many writes are waiting");
        queue_.push_back(&job);
    }
    work_waits_.notify_one();
    {
        std::unique_lock lock(job.mutex);
        job.told.wait(lock, [&] { return job.done; });
    }
    if (job.error)
        std::rethrow_exception(std::move(job.error));
}

void SqliteWriter::run()
{
    Batch batch;
    while (take(batch)) {
        if (batch.front()->exclusive != nullptr)
            run_exclusively(batch);
        else
            commit(batch);
        if (unsaved_pages() >= checkpoint_pages_busy)
            checkpoint();
    }
}

bool SqliteWriter::take(Batch& batch)
{
    batch.clear();
    const auto has_work = [&] { return stopping_ || !queue_.empty(); };
    std::unique_lock lock(mutex_);
    if (unsaved_pages() >= checkpoint_pages_quiet && !work_waits_.wait_for(lock, quiet, has_work)) {
        lock.unlock();
        checkpoint();
        lock.lock();
    }
    work_waits_.wait(lock, has_work);
    while (!queue_.empty() && batch.size() < limits_.batch) {
        Job* const next = queue_.front();
        const bool alone = next->exclusive != nullptr;
        if (alone && !batch.empty())
            break;
        batch.push_back(next);
        queue_.pop_front();
        if (alone)
            break;
    }
    return !batch.empty();
}

void SqliteWriter::commit(Batch& batch)
{
    try {
        // A rollback that failed with the disk is made up for here, before anything new begins.
        if (!connection_->roll_back())
            throw base::Unavailable("the last transaction cannot be undone yet");
        connection_->begin_writing();
        if (run_jobs(batch) == Outcome::Commit) {
            const auto begun = std::chrono::steady_clock::now();
            connection_->commit();
            figures_.note_commit(batch.size(), std::chrono::steady_clock::now() - begun);
            figures_.log_pages = static_cast<std::uint64_t>(connection_->log_pages());
            announce_commit();
        }
    } catch (const std::exception& error) {
        fail(batch, error.what());
        connection_->roll_back();
        // On a full disk an emptied log is room to write again.
        checkpoint();
    }
    connection_->roll_back();
    tell(batch);
}

SqliteWriter::Outcome SqliteWriter::run_jobs(Batch& batch)
{
    Transaction transaction(*connection_);
    const bool alone = batch.size() == 1;
    Outcome outcome = Outcome::Nothing;
    for (Job* const job : batch) {
        if (!alone)
            connection_->execute("SAVEPOINT job");
        run_job(*job, transaction);
        // After some disk errors SQLite has undone everything by itself, even if the job swallowed the error.
        if (!connection_->in_transaction())
            throw base::Unavailable("SQLite gave up the transaction");
        if (!job->error)
            outcome = Outcome::Commit;
        else if (!alone)
            connection_->execute("ROLLBACK TO job");
        if (!alone)
            connection_->execute("RELEASE job");
    }
    return outcome;
}

void SqliteWriter::run_job(Job& job, Transaction& transaction)
{
    const base::log::RequestScope scope(job.request);
    try {
        (*job.write)(transaction);
    } catch (...) {
        job.error = std::current_exception();
    }
}

void SqliteWriter::run_exclusively(Batch& batch)
{
    Job& job = *batch.front();
    try {
        if (!connection_->roll_back())
            throw base::Unavailable("the last transaction cannot be undone yet");
        (*job.exclusive)(*connection_);
    } catch (...) {
        job.error = std::current_exception();
    }
    connection_->roll_back();
    connection_->check_references();
    // Even after an error: statements before it may have been committed.
    announce_commit();
    tell(batch);
}

void SqliteWriter::announce_commit() noexcept
{
    if (committed_)
        committed_();
}

// A job that failed by itself keeps its own error: it is true whatever became of the others.
void SqliteWriter::fail(Batch& batch, const std::string& reason)
{
    for (Job* const job : batch) {
        if (!job->error)
            job->error = std::make_exception_ptr(base::Unavailable(reason));
    }
}

void SqliteWriter::tell(Batch& batch)
{
    for (Job* const job : batch) {
        // Notified under the lock: the caller may destroy the job as soon as it can have it.
        const std::lock_guard lock(job->mutex);
        job->done = true;
        job->told.notify_one();
    }
    batch.clear();
}

int SqliteWriter::unsaved_pages() noexcept
{
    const int pages = connection_->log_pages();
    // Fewer than before: the log was begun anew.
    if (pages < checkpointed_pages_)
        checkpointed_pages_ = 0;
    return pages - checkpointed_pages_;
}

void SqliteWriter::checkpoint()
{
    // When it fails nothing is lost: the log is kept and tried again after as many pages. Told once, not for every try.
    const bool failed = !connection_->checkpoint(SqliteConnection::Checkpoint::Passive);
    if (failed && !checkpoint_failed_)
        base::log::warning("SQLite's log cannot be copied into the database file for now; is the disk full?");
    checkpoint_failed_ = failed;
    checkpointed_pages_ = connection_->log_pages();
}

} // namespace db
