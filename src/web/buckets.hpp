#pragma once

#include "base/time.hpp"

#include <chrono>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace web {

/// Token buckets of this process: everybody may do something `size` times at once, and once more after each `refill`.
/// Any thread.
class Buckets
{
  public:
    struct Rule
    {
        int size;
        std::chrono::milliseconds refill;
    };

    /// Take one from the bucket with this key. Nothing when it had one, else how long it stays empty.
    std::optional<std::chrono::milliseconds> take(const std::string& key, const Rule& rule, base::Time now)
    {
        const std::lock_guard lock(mutex_);
        if (full_at_.size() >= most_keys)
            make_room(now);
        base::Time& full_at = full_at_[key];
        const auto capacity = rule.size * rule.refill;
        // Later than an empty one can be: the clock was put back.
        if (full_at < now || full_at - now > capacity)
            full_at = now;
        const base::Time after = full_at + rule.refill;
        if (after - now > capacity)
            return after - now - capacity;
        full_at = after;
        return std::nullopt;
    }

  private:
    static constexpr std::size_t most_keys = 50'000;

    void make_room(base::Time now)
    {
        std::erase_if(full_at_, [&](const auto& entry) { return entry.second <= now; });
        // As many at once come from as many networks: no bucket helps against that.
        if (full_at_.size() >= most_keys)
            full_at_.clear();
    }

    std::mutex mutex_;
    std::map<std::string, base::Time> full_at_;
};

} // namespace web
