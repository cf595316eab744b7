#pragma once

#include "http/response.hpp"

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace support {

/// What one open page was told.
class FakeSink final : public http::EventSink
{
  public:
    void push(std::shared_ptr<const std::string> bytes) override
    {
        const std::lock_guard lock(mutex_);
        text_ += *bytes;
        changed_.notify_all();
    }
    void close() override
    {
        const std::lock_guard lock(mutex_);
        is_open_ = false;
        changed_.notify_all();
    }
    bool is_open() const override
    {
        const std::lock_guard lock(mutex_);
        return is_open_;
    }
    /// Waits until the words were told; everything told until then, or until ten seconds have passed.
    std::string wait_for(std::string_view words)
    {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds(10), [&] { return text_.find(words) != std::string::npos; });
        return text_;
    }
    /// Everything told since the last call.
    std::string take()
    {
        const std::lock_guard lock(mutex_);
        return std::exchange(text_, {});
    }
    bool wait_for_end()
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return !is_open_; });
    }

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::string text_;
    bool is_open_ = true;
};

} // namespace support
