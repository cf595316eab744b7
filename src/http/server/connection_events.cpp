#include "http/server/connection.hpp"
#include "http/server/event_stream.hpp"
#include "http/server/io_thread.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <array>
#include <exception>
#include <fmt/format.h>

namespace http {

namespace {

constexpr std::size_t strings_a_write = 16;
/// Proxies close connections that are silent for a minute or half of one, and a browser takes a connection for dead
/// that is silent for longer than it was promised: so it is an event, and no comment that its script never hears.
constexpr std::chrono::seconds beat_interval{20};

} // namespace

/// Always false: only the end of the connection ends the stream.
Task<bool> Connection::write_events(Prepared& answer)
{
    const bool is_head_written = co_await write_both(answer.head, std::string_view());
    if (!is_head_written)
        co_return false;
    tell_served(answer, answer.head.size());
    EventStreamBody body = std::move(std::get<EventStreamBody>(answer.body));
    const auto stream = std::make_shared<EventStream>(mailbox_);
    answer.head = std::string();
    buffer_.clear();
    buffer_.shrink_to_fit();
    watch_peer();
    open_stream(body, stream);
    co_await pump_events(*stream);
    stream->end();
    co_return false;
}

void Connection::open_stream(EventStreamBody& body, std::shared_ptr<EventStream> stream)
{
    const base::log::RequestScope scope(request_id_);
    try {
        body.opened(std::move(stream));
    } catch (const std::exception& error) {
        base::log::error(fmt::format("an event stream could not be opened: {}", error.what()));
        is_peer_gone_ = true;
    }
}

// A client has nothing more to say on a stream: whatever becomes readable is its end.
void Connection::watch_peer()
{
    socket_.async_wait(Socket::wait_read, [self = shared_from_this()](boost::system::error_code) {
        self->is_peer_gone_ = true;
        self->wake_up_.wake();
    });
}

Task<> Connection::pump_events(EventStream& stream)
{
    bool goes_on = true;
    EventStream::Batch batch;
    while (goes_on && !is_peer_gone_ && !is_aborted_) {
        const auto state = stream.take(batch);
        if (state == EventStream::State::Overrun) {
            abort();
        } else if (!batch.empty()) {
            const std::span<const std::shared_ptr<const std::string>> all(batch);
            goes_on = co_await write_batch(all);
            stream.written(batch);
        } else if (state != EventStream::State::Open) {
            goes_on = false;
        } else if (thread_.is_draining()) {
            co_await write_both("retry: 1000\n\n", std::string_view());
            goes_on = false;
        } else if (is_beat_due_) {
            is_beat_due_ = false;
            goes_on = co_await write_both("event: beat\ndata: {}\n\n", std::string_view());
        } else {
            enter(Phase::Streaming, beat_interval);
            co_await wake_up_.wait();
        }
    }
}

Task<bool> Connection::write_batch(std::span<const std::shared_ptr<const std::string>> batch)
{
    while (!batch.empty()) {
        std::array<asio::const_buffer, strings_a_write> buffers;
        const auto count = std::min(batch.size(), buffers.size());
        for (std::size_t i = 0; i < count; ++i)
            buffers[i] = asio::buffer(*batch[i]);
        const std::span<asio::const_buffer> all(buffers.data(), count);
        const bool is_written = co_await write(all);
        if (!is_written)
            co_return false;
        batch = batch.subspan(count);
    }
    co_return true;
}

} // namespace http
