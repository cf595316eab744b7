#pragma once
// server/ puts everything together: settings, every path on one page (routes.cpp), the pipeline a request
// goes through, and the lanes it runs on. It alone owns long-lived objects.

#include "web/router.hpp"

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace server {

/// Something to do once, on a lane; moved, never copied.
class Job
{
  public:
    Job() = default;
    template <typename Work>
    Job(Work work) : work_(std::make_unique<Holder<Work>>(std::move(work)))
    {}
    void operator()() { work_->run(); }

  private:
    struct Base
    {
        virtual ~Base() = default;
        virtual void run() = 0;
    };
    template <typename Work>
    struct Holder final : Base
    {
        explicit Holder(Work w) : work(std::move(w)) {}
        void run() override { work(); }
        Work work;
    };
    std::unique_ptr<Base> work_;
};

/// A few threads that run jobs in order of arrival; the queue is bounded. Of those that wait, the one that worked last
/// is woken: what it needs is still in the caches, so that little work stays with few threads. Thread-safe.
class Lane
{
  public:
    /// The threads of a lane with a `niceness` above zero stand back where others want the processor, as nice(1) has
    /// it.
    Lane(std::size_t threads, std::size_t queue, int niceness = 0);
    /// Finishes what is queued.
    ~Lane();
    Lane(const Lane&) = delete;
    Lane& operator=(const Lane&) = delete;

    /// False when the queue is full (the job is then left untouched in `job`) or the lane is closed.
    bool post(Job& job);
    /// Takes no more jobs, finishes those queued, joins.
    void close();
    struct Figures
    {
        std::size_t threads = 0;
        std::size_t busy = 0;
        std::size_t waiting = 0;
    };
    Figures figures();

  private:
    /// What wakes one thread. Lives as long as the lane, because it is signaled without the lock.
    struct Waker
    {
        std::condition_variable wake;
        bool is_woken = false;
    };

    void work(Waker& self);
    bool take(Job& job, Waker& self);
    std::atomic<std::size_t> busy_ = 0;
    std::mutex mutex_;
    std::vector<Waker> wakers_;
    /// Threads without a job: the one that worked last is the last.
    std::vector<Waker*> waiting_;
    std::deque<Job> jobs_;
    std::size_t queue_;
    int niceness_;
    bool closed_ = false;
    std::vector<std::thread> threads_;
};

struct LaneSizes
{
    std::size_t read_threads = 4;
    std::size_t write_threads = 32;
    std::size_t heavy_threads = 2;
    std::size_t password_threads = 2;
    std::size_t guess_threads = 1;
    std::size_t transfer_threads = 4;
    std::size_t provider_threads = 4;
    std::size_t emergency_threads = 8;
    std::size_t queue = 1024;
    /// A few seconds of work, after which nobody waits any more.
    std::size_t guess_queue = 64;
    std::size_t provider_queue = 32;
};

/// The lanes of one process: slow work never holds up reading, and what reads everything stands back.
class Lanes
{
  public:
    explicit Lanes(const LaneSizes& sizes);
    /// Inline is not a lane: asking for it is a logic error.
    Lane& of(web::Lane lane);
    void close();

  private:
    Lane read_;
    Lane write_;
    Lane heavy_;
    Lane password_;
    Lane guess_;
    Lane transfer_;
    Lane provider_;
    Lane emergency_;
};

} // namespace server
