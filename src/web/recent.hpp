#pragma once

#include "base/time.hpp"
#include "db/connection.hpp"

#include <chrono>
#include <map>
#include <memory>
#include <mutex>

namespace web {

/// Cache of what nearly every page reads and hardly anybody changes, kept for a second: a change made on any node is on
/// every page a second later. Any thread.
class Recent
{
  public:
    /// Return the result of `read`, at most a second older than `now`. If there is none, call it with the connection
    /// that `lend()` returns a reference to; an exception is not kept.
    template <typename T, typename Lend>
    std::shared_ptr<const T> get(T (*read)(db::Connection&), base::Time now, Lend&& lend)
    {
        const auto key = reinterpret_cast<Key>(read);
        if (const auto kept = find(key, now))
            return std::static_pointer_cast<const T>(kept);
        auto fresh = std::make_shared<const T>(read(lend()));
        keep(key, now, fresh);
        return fresh;
    }

  private:
    using Key = void (*)();
    struct Entry
    {
        std::shared_ptr<const void> value;
        base::Time read_at{};
    };
    static constexpr std::chrono::seconds longest_kept{1};

    std::shared_ptr<const void> find(Key key, base::Time now)
    {
        const std::lock_guard lock(mutex_);
        const auto entry = entries_.find(key);
        // Requests are not answered in the order in which they came, and a clock may be set back.
        if (entry == entries_.end() || std::chrono::abs(now - entry->second.read_at) >= longest_kept)
            return nullptr;
        return entry->second.value;
    }
    void keep(Key key, base::Time now, std::shared_ptr<const void> value)
    {
        const std::lock_guard lock(mutex_);
        entries_[key] = {std::move(value), now};
    }

    std::mutex mutex_;
    std::map<Key, Entry> entries_;
};

} // namespace web
