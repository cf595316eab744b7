#pragma once

#include "http/response.hpp"
#include "http/server/mailbox.hpp"

#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace http {

/// The queue between publishers on any thread and the connection that writes on its io thread.
class EventStream final : public EventSink
{
  public:
    using Batch = std::vector<std::shared_ptr<const std::string>>;
    static constexpr std::size_t waiting_limit = 64 * 1024;

    explicit EventStream(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}

    void push(std::shared_ptr<const std::string> bytes) override;
    void close() override;
    bool is_open() const override;

    enum class State : std::uint8_t
    {
        Open,
        Closing,
        Overrun,
        Ended
    };

    /// Move all waiting bytes into `batch` and return the state at that moment: Closing means that nothing comes after
    /// this batch, Overrun that the client was too slow. The batch counts as waiting until written() is called.
    State take(Batch& batch);
    void written(const Batch& batch);
    /// Note that the connection is gone: push() does nothing from now on.
    void end();

  private:
    std::shared_ptr<Mailbox> mailbox_;
    mutable std::mutex mutex_;
    State state_ = State::Open;
    bool is_woken_ = false;
    std::size_t waiting_bytes_ = 0;
    Batch queue_;
};

} // namespace http
