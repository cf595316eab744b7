#include "http/server/connection.hpp"
#include "http/server/io_thread.hpp"

#include "base/log.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <fmt/format.h>
#include <sys/sendfile.h>

namespace http {

namespace {

constexpr std::uint64_t file_piece = 256 * 1024;

/// Makes the next piece of a streamed body.
class SourceJob final : public HeavyJob
{
  public:
    explicit SourceJob(std::unique_ptr<BodySource> source) : source_(std::move(source)) {}

    void run() override
    {
        piece.clear();
        try {
            has_more = source_ && source_->next(piece);
        } catch (const std::exception& error) {
            base::log::error(fmt::format("a streamed answer broke off: {}", error.what()));
            is_broken = true;
        }
    }

    std::string piece;
    bool has_more = true;
    bool is_broken = false;

  private:
    std::unique_ptr<BodySource> source_;
};

/// The piece as it goes over the wire: in a chunk (RFC 9112 section 7.1) or as it is.
void frame_piece(SourceJob& job, bool is_chunked, std::string& before, std::string& after)
{
    after.clear();
    if (!is_chunked)
        return;
    if (!job.piece.empty()) {
        before += fmt::format("{:x}\r\n", job.piece.size());
        after = "\r\n";
    }
    if (!job.has_more)
        after += "0\r\n\r\n";
}

void skip(std::span<asio::const_buffer>& buffers, std::size_t count)
{
    while (!buffers.empty() && count >= buffers.front().size()) {
        count -= buffers.front().size();
        buffers = buffers.subspan(1);
    }
    if (!buffers.empty())
        buffers.front() += count;
}

} // namespace

Task<bool> Connection::write_answer()
{
    Prepared answer = std::move(*answer_);
    answer_.reset();
    keep_alive_ = keep_alive_ && !answer.ends_by_close && !thread_.is_retiring();
    finish_head(answer.head);
    const std::size_t head_bytes = answer.head.size();
    const bool is_written = co_await write_body(answer);
    tell_served(answer, head_bytes);
    co_return is_written&& keep_alive_;
}

void Connection::finish_head(std::string& head)
{
    head += thread_.date_line();
    head.append("X-Request-Id: ").append(request_id_).append("\r\n");
    head += keep_alive_ ? "\r\n" : "Connection: close\r\n\r\n";
}

Task<bool> Connection::write_body(Prepared& answer)
{
    if (const auto* text = std::get_if<std::string>(&answer.body))
        co_return co_await write_both(answer.head, *text);
    if (const auto* bytes = std::get_if<StaticBody>(&answer.body))
        co_return co_await write_both(answer.head, bytes->bytes);
    if (std::holds_alternative<FilePart>(answer.body))
        co_return co_await write_file(answer);
    if (std::holds_alternative<std::unique_ptr<BodySource>>(answer.body))
        co_return co_await write_source(answer);
    if (std::holds_alternative<EventStreamBody>(answer.body))
        co_return co_await write_events(answer);
    co_return co_await write_both(answer.head, std::string_view());
}

Task<bool> Connection::write_both(std::string_view first, std::string_view second)
{
    std::array<asio::const_buffer, 2> buffers = {
        asio::buffer(first.data(), first.size()), asio::buffer(second.data(), second.size())};
    const std::span<asio::const_buffer> all(buffers);
    co_return co_await write(all);
}

// Writes at once what the kernel takes, which is mostly everything, and sleeps only for the rest.
Task<bool> Connection::write(std::span<asio::const_buffer> buffers)
{
    enter(Phase::Writing, server().options.write_stall);
    skip(buffers, 0);
    while (!buffers.empty()) {
        boost::system::error_code error;
        const std::size_t count = socket_.write_some(buffers, error);
        if (error && error != asio::error::would_block)
            co_return false;
        skip(buffers, count);
        if (served_)
            served_->bytes += count;
        if (count > 0)
            enter(Phase::Writing, server().options.write_stall);
        if (buffers.empty())
            break;
        auto [failure] = co_await socket_.async_wait(Socket::wait_write, as_result);
        if (failure)
            co_return false;
    }
    co_return true;
}

Task<bool> Connection::write_file(Prepared& answer)
{
    FilePart& part = std::get<FilePart>(answer.body);
    const bool is_head_written = co_await write_both(answer.head, std::string_view());
    if (!is_head_written)
        co_return false;
    auto offset = static_cast<off_t>(part.first);
    while (part.length > 0) {
        const auto wanted = static_cast<std::size_t>(std::min(part.length, file_piece));
        const auto count = ::sendfile(socket_.native_handle(), part.file.get(), &offset, wanted);
        if (count > 0) {
            part.length -= static_cast<std::uint64_t>(count);
            if (served_)
                served_->bytes += static_cast<std::uint64_t>(count);
            enter(Phase::Writing, server().options.write_stall);
            continue;
        }
        if (count == 0 || errno != EAGAIN) {
            // The file became shorter, or the disk or the client failed.
            abort();
            co_return false;
        }
        auto [failure] = co_await socket_.async_wait(Socket::wait_write, as_result);
        if (failure)
            co_return false;
    }
    co_return true;
}

Task<bool> Connection::write_source(Prepared& answer)
{
    const auto source = std::make_shared<SourceJob>(std::move(std::get<std::unique_ptr<BodySource>>(answer.body)));
    const std::shared_ptr<HeavyJob> job = source;
    std::string before = std::move(answer.head);
    std::string after;
    bool is_begun = false;
    while (source->has_more) {
        const bool is_run = co_await run_heavy(job);
        if ((!is_run || source->is_broken) && !is_begun && !is_aborted_)
            co_return co_await write_instead(source->is_broken);
        if (!is_run || source->is_broken) {
            abort();
            co_return false;
        }
        frame_piece(*source, answer.is_chunked, before, after);
        std::array<asio::const_buffer, 3> buffers = {
            asio::buffer(before), asio::buffer(source->piece), asio::buffer(after)};
        const std::span<asio::const_buffer> all(buffers);
        const bool is_written = co_await write(all);
        if (!is_written)
            co_return false;
        before.clear();
        is_begun = true;
    }
    co_return true;
}

/// The head is not sent yet: a stream that cannot begin becomes an error page instead of a cut connection.
Task<bool> Connection::write_instead(bool is_broken)
{
    if (is_broken)
        answer_ = plain_answer(Status::InternalServerError, "Something went wrong on our side.");
    else
        answer_ = plain_answer(Status::ServiceUnavailable, "The server is busy. Please try again.");
    co_return co_await write_answer();
}

} // namespace http
