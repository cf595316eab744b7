#include "web/live/hub.hpp"

#include <algorithm>
#include <chrono>

namespace web {

void LiveHub::add(std::shared_ptr<LiveStream> stream)
{
    std::shared_ptr<LiveStream> superseded;
    {
        const std::lock_guard lock(mutex_);
        superseded = take_superseded(*stream);
        streams_.push_back(std::move(stream));
        is_woken_ = true;
    }
    woken_.notify_one();
    if (superseded)
        superseded->sink->close();
}

std::shared_ptr<LiveStream> LiveHub::take_superseded(const LiveStream& stream)
{
    const auto is_of_session = [&](const auto& other) { return other->session_hash == stream.session_hash; };
    auto found = std::find_if(streams_.begin(), streams_.end(), [&](const auto& other) {
        return is_of_session(other) && !stream.browser.empty() && other->browser == stream.browser;
    });
    const auto find_oldest_of = [&](const auto& is_counted, std::size_t most) {
        if (found == streams_.end() && std::ranges::count_if(streams_, is_counted) >= static_cast<std::ptrdiff_t>(most))
            found = std::ranges::find_if(streams_, is_counted);
    };
    find_oldest_of(is_of_session, most_for_a_session);
    find_oldest_of(
        [&](const auto& other) { return other->visitor.user_id == stream.visitor.user_id; }, most_for_a_user_);
    if (found == streams_.end())
        return nullptr;
    std::shared_ptr<LiveStream> superseded = std::move(*found);
    streams_.erase(found);
    return superseded;
}

std::vector<std::shared_ptr<LiveStream>> LiveHub::open_streams()
{
    const std::lock_guard lock(mutex_);
    std::erase_if(streams_, [](const auto& stream) { return !stream->sink->is_open(); });
    return streams_;
}

void LiveHub::end_session(std::string_view session_hash)
{
    std::vector<std::shared_ptr<LiveStream>> ended;
    {
        const std::lock_guard lock(mutex_);
        std::erase_if(streams_, [&](const auto& stream) {
            if (stream->session_hash != session_hash)
                return false;
            ended.push_back(stream);
            return true;
        });
    }
    for (const auto& stream : ended) {
        stream->sink->push(signed_out_message());
        stream->sink->close();
    }
}

void LiveHub::wake()
{
    {
        const std::lock_guard lock(mutex_);
        if (is_woken_ || streams_.empty())
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

std::shared_ptr<const std::string> signed_out_message()
{
    return sse_message({}, "signed-out", "{}");
}

} // namespace web
