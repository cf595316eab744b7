#include "http/server/event_stream.hpp"

#include <utility>

namespace http {

void EventStream::push(std::shared_ptr<const std::string> bytes)
{
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::Open)
            return;
        waiting_bytes_ += bytes->size();
        if (waiting_bytes_ > waiting_limit)
            state_ = State::Overrun;
        else
            queue_.push_back(std::move(bytes));
        if (std::exchange(is_woken_, true))
            return;
    }
    mailbox_->wake();
}

void EventStream::close()
{
    {
        const std::lock_guard lock(mutex_);
        if (state_ != State::Open)
            return;
        state_ = State::Closing;
    }
    mailbox_->wake();
}

bool EventStream::is_open() const
{
    const std::lock_guard lock(mutex_);
    return state_ == State::Open;
}

EventStream::State EventStream::take(Batch& batch)
{
    const std::lock_guard lock(mutex_);
    is_woken_ = false;
    batch = std::exchange(queue_, {});
    return state_;
}

void EventStream::written(const Batch& batch)
{
    const std::lock_guard lock(mutex_);
    for (const auto& bytes : batch)
        waiting_bytes_ -= bytes->size();
}

void EventStream::end()
{
    const std::lock_guard lock(mutex_);
    state_ = State::Ended;
    queue_.clear();
}

} // namespace http
