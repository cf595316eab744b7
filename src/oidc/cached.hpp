#pragma once

#include "base/log.hpp"
#include "base/time.hpp"
#include "oidc/refused.hpp"

#include <fmt/format.h>

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace oidc {

/// Something of the provider's that is asked for again after an hour. One thread asks, others wait for its answer;
/// after a failure nobody asks for some seconds. What cannot be renewed is still taken for a day. Thread-safe.
template <typename T>
class Cached
{
  public:
    /// `fetch` throws Refused.
    Cached(const base::Clock& clock, std::function<T()> fetch) : clock_(clock), fetch_(std::move(fetch)) {}

    /// Throws Refused(Unavailable).
    std::shared_ptr<const T> get()
    {
        const std::lock_guard lock(mutex_);
        const base::Time now = clock_.now();
        const bool is_fresh = value_ && now - fetched_at_ < fresh_for && fetched_at_ <= now;
        return is_fresh ? value_ : fetch(now);
    }
    /// Ask again, unless somebody did within `pause`.
    std::shared_ptr<const T> renew(std::chrono::seconds pause)
    {
        const std::lock_guard lock(mutex_);
        const base::Time now = clock_.now();
        if (value_ && now - renewed_at_ < pause && renewed_at_ <= now)
            return value_;
        renewed_at_ = now;
        return fetch(now);
    }

  private:
    static constexpr std::chrono::hours fresh_for{1};
    static constexpr std::chrono::hours kept_for{24};
    static constexpr std::chrono::seconds pause_after_failure{5};

    std::shared_ptr<const T> fetch(base::Time now)
    {
        const bool waits = failed_at_ <= now && now - failed_at_ < pause_after_failure;
        try {
            if (waits)
                throw Refused(Reason::Unavailable, failure_);
            value_ = std::make_shared<const T>(fetch_());
            fetched_at_ = now;
        } catch (const Refused& refused) {
            if (!waits) {
                failure_ = refused.what();
                // Not when it began: whoever waited for this answer, and came meanwhile, does not wait once more.
                failed_at_ = clock_.now();
            }
            if (!value_ || now - fetched_at_ >= kept_for)
                throw;
            if (!waits)
                base::log::warning(fmt::format("sign-in by the provider: what it said before is used: {}", failure_));
        }
        return value_;
    }

    const base::Clock& clock_;
    const std::function<T()> fetch_;
    std::mutex mutex_;
    std::shared_ptr<const T> value_;
    base::Time fetched_at_{};
    base::Time renewed_at_{};
    base::Time failed_at_{};
    std::string failure_;
};

} // namespace oidc
