#include "server/lanes.hpp"

#include "base/log.hpp"

#include <cerrno>
#include <exception>
#include <stdexcept>
#include <string>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace server {

namespace {

/// Niceness. Strangers' sign-ins have none: who signs in honestly on a new device waits among them.
constexpr int of_large_work = 5;

} // namespace

Lane::Lane(std::size_t threads, std::size_t queue, int niceness) : wakers_(threads), queue_(queue), niceness_(niceness)
{
    threads_.reserve(threads);
    for (Waker& waker : wakers_)
        threads_.emplace_back([this, &waker] { work(waker); });
}

Lane::~Lane()
{
    close();
}

bool Lane::post(Job& job)
{
    Waker* woken = nullptr;
    {
        const std::lock_guard lock(mutex_);
        if (closed_ || jobs_.size() >= queue_)
            return false;
        jobs_.push_back(std::move(job));
        if (!waiting_.empty()) {
            woken = waiting_.back();
            waiting_.pop_back();
            woken->is_woken = true;
        }
    }
    if (woken != nullptr)
        woken->wake.notify_one();
    return true;
}

void Lane::close()
{
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        for (Waker* waker : std::exchange(waiting_, {}))
            waker->is_woken = true;
    }
    for (Waker& waker : wakers_)
        waker.wake.notify_one();
    for (std::thread& thread : threads_) {
        if (thread.joinable())
            thread.join();
    }
}

Lane::Figures Lane::figures()
{
    const std::lock_guard lock(mutex_);
    return {.threads = threads_.size(), .busy = busy_, .waiting = jobs_.size()};
}

/// Waits for a job; false when the lane is closed and nothing is left to do.
bool Lane::take(Job& job, Waker& self)
{
    std::unique_lock lock(mutex_);
    while (jobs_.empty()) {
        if (closed_)
            return false;
        self.is_woken = false;
        waiting_.push_back(&self);
        self.wake.wait(lock, [&] { return self.is_woken; });
    }
    job = std::move(jobs_.front());
    jobs_.pop_front();
    return true;
}

void Lane::work(Waker& self)
{
    // Of this thread alone: that is how Linux has it. To stand back needs no right.
    if (niceness_ > 0 && ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness_) != 0)
        base::log::warning(std::string("a lane does not stand back: ") + std::generic_category().message(errno));
    for (Job job; take(job, self); job = Job()) {
        ++busy_;
        try {
            job();
        } catch (const std::exception& error) {
            // The pipeline turns a request's errors into answers; what arrives here is a fault of ours, and the lane
            // must live on.
            base::log::error(std::string("lane: ") + error.what());
        }
        --busy_;
    }
}

Lanes::Lanes(const LaneSizes& sizes)
    : read_(sizes.read_threads, sizes.queue),
      write_(sizes.write_threads, sizes.queue),
      heavy_(sizes.heavy_threads, sizes.queue, of_large_work),
      password_(sizes.password_threads, sizes.queue),
      guess_(sizes.guess_threads, sizes.guess_queue),
      transfer_(sizes.transfer_threads, sizes.queue),
      provider_(sizes.provider_threads, sizes.provider_queue),
      emergency_(sizes.emergency_threads, sizes.queue)
{}

Lane& Lanes::of(web::Lane lane)
{
    switch (lane) {
    case web::Lane::Read:
        return read_;
    case web::Lane::Write:
        return write_;
    case web::Lane::Heavy:
        return heavy_;
    case web::Lane::Password:
        return password_;
    case web::Lane::Guess:
        return guess_;
    case web::Lane::Transfer:
        return transfer_;
    case web::Lane::Provider:
        return provider_;
    case web::Lane::Emergency:
        return emergency_;
    case web::Lane::Inline:
        break;
    }
    throw std::logic_error("inline work has no lane");
}

void Lanes::close()
{
    read_.close();
    write_.close();
    heavy_.close();
    password_.close();
    guess_.close();
    transfer_.close();
    provider_.close();
    emergency_.close();
}

} // namespace server
