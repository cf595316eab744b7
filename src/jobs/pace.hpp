#pragma once

#include <chrono>
#include <mutex>

namespace jobs {

/// Spreads work over time: so much a second, and no more. Thread-safe.
class Pace
{
  public:
    using Clock = std::chrono::steady_clock;

    /// `a_second` is 1 or more.
    explicit Pace(unsigned a_second) : between_(Clock::duration(std::chrono::seconds(1)) / a_second) {}

    /// When the next one may begin: now, or as much later as those before it need. Each call is one of them.
    Clock::time_point take(Clock::time_point now)
    {
        const std::lock_guard lock(mutex_);
        const Clock::time_point turn = next_ > now ? next_ : now;
        next_ = turn + between_;
        return turn;
    }

  private:
    Clock::duration between_;
    std::mutex mutex_;
    Clock::time_point next_{};
};

} // namespace jobs
