#include "web/live_hub.hpp"

#include <algorithm>
#include <chrono>

namespace web {

void LiveHub::add(std::shared_ptr<Subscription> subscription)
{
    std::shared_ptr<Subscription> superseded;
    {
        const std::lock_guard lock(mutex_);
        const auto same_session = [&](const auto& other) { return other->session_hash == subscription->session_hash; };
        const auto open = std::count_if(subscriptions_.begin(), subscriptions_.end(), same_session);
        if (static_cast<std::size_t>(open) >= most_for_a_session) {
            const auto oldest = std::find_if(subscriptions_.begin(), subscriptions_.end(), same_session);
            superseded = *oldest;
            subscriptions_.erase(oldest);
        }
        subscriptions_.push_back(std::move(subscription));
        is_woken_ = true;
    }
    woken_.notify_one();
    if (superseded)
        superseded->sink->close();
}

std::vector<std::shared_ptr<Subscription>> LiveHub::open_subscriptions()
{
    const std::lock_guard lock(mutex_);
    std::erase_if(subscriptions_, [](const auto& subscription) { return !subscription->sink->is_open(); });
    return subscriptions_;
}

void LiveHub::end_session(std::string_view session_hash)
{
    std::vector<std::shared_ptr<Subscription>> ended;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(subscriptions_, [&](const auto& subscription) {
            if (subscription->session_hash != session_hash)
                return false;
            ended.push_back(subscription);
            return true;
        });
    }
    for (const auto& subscription : ended) {
        subscription->sink->push(sse_message({}, "signed-out", "{}"));
        subscription->sink->close();
    }
}

void LiveHub::wake()
{
    {
        const std::lock_guard lock(mutex_);
        if (is_woken_ || subscriptions_.empty())
            return;
        is_woken_ = true;
    }
    woken_.notify_one();
}

bool LiveHub::wait(int milliseconds)
{
    std::unique_lock lock(mutex_);
    woken_.wait_for(lock, std::chrono::milliseconds(milliseconds), [this] { return is_woken_ || is_closed_; });
    is_woken_ = false;
    return !is_closed_;
}

void LiveHub::close()
{
    {
        const std::lock_guard lock(mutex_);
        is_closed_ = true;
    }
    woken_.notify_all();
}

std::shared_ptr<const std::string> sse_message(std::string_view id, std::string_view name, std::string_view data)
{
    std::string message;
    message.reserve(id.size() + data.size() + 64);
    if (!id.empty())
        (message += "id: ").append(id) += '\n';
    message += "event: ";
    message += name;
    message += "\ndata: ";
    message += data;
    message += "\n\n";
    return std::make_shared<const std::string>(std::move(message));
}

} // namespace web
