#pragma once

#include "base/time.hpp"

#include <atomic>
#include <chrono>

namespace support {

/// A clock that stands still until a test moves it. Begins at 2026-11-16T21:31:00Z, which is 4:31 PM in New York.
class FakeClock final : public base::Clock
{
  public:
    static constexpr base::Time start = base::from_millis(1'794'864'660'000);

    base::Time now() const override { return base::from_millis(millis_.load()); }
    void advance(std::chrono::milliseconds duration) { millis_ += duration.count(); }
    void set(base::Time time) { millis_ = base::to_millis(time); }

  private:
    std::atomic<std::int64_t> millis_ = base::to_millis(start);
};

} // namespace support
