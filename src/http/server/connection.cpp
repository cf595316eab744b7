#include "http/server/connection.hpp"

#include "base/log.hpp"
#include "http/head/forwarding.hpp"
#include "http/head/request_id.hpp"
#include "http/server/io_thread.hpp"

#include <algorithm>
#include <exception>
#include <fmt/format.h>

namespace http {

namespace {

using namespace std::chrono_literals;

constexpr std::size_t read_size = 4096;
constexpr auto idle_grace = 500ms;
constexpr std::size_t idle_buffer_limit = 16 * 1024;

} // namespace

Connection::Connection(Socket socket, IoThread& thread, Peer peer)
    : socket_(std::move(socket)),
      thread_(thread),
      peer_(std::move(peer)),
      remote_address_(address_text(peer_.address)),
      mailbox_(std::make_shared<Mailbox>(thread.gate(), *this))
{
    thread_.add(*this);
    enter_idle();
}

Connection::~Connection()
{
    mailbox_->detach();
    unlink();
    thread_.connection_ended();
}

ServerState& Connection::server() const
{
    return thread_.server();
}

Task<> Connection::serve([[maybe_unused]] std::shared_ptr<Connection> self)
{
    bool goes_on = true;
    while (goes_on) {
        goes_on = co_await serve_request();
        has_served_ = true;
    }
    if (must_linger_)
        co_await linger();
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    socket_.close(ignored);
}

bool Connection::is_probe(const Request& request) const
{
    const bool is_watcher = request.forwarding == Forwarding::None && server().probe_networks.contains(peer_.address);
    return is_watcher || request.is_from_operations();
}

Task<bool> Connection::serve_request()
{
    method_ = Method::Get;
    request_id_.clear();
    const std::size_t length = co_await read_head();
    if (length == 0)
        co_return false;
    begin_served();
    Verdict verdict = check_head(received().substr(0, length), server().hosts);
    buffer_.consume(length);
    if (const auto* refusal = std::get_if<Refusal>(&verdict)) {
        co_await refuse(*refusal);
        co_return false;
    }
    Head& head = std::get<Head>(verdict);
    complete(head);
    if (head.is_for_operations_only && !is_probe(head.request)) {
        co_await refuse(other_host);
        co_return false;
    }
    if (head.content_length > 0) {
        const bool is_read = co_await read_body(head);
        if (!is_read)
            co_return false;
    }
    hand_over(std::move(head.request));
    while (!answer_ && !is_aborted_)
        co_await wake_up_.wait();
    if (is_aborted_)
        co_return false;
    co_return co_await write_answer();
}

/// Waits for a whole head at the front of the buffer and returns its length; 0 when the connection is to end.
Task<std::size_t> Connection::read_head()
{
    enter_idle();
    while (true) {
        while (received().starts_with("\r\n"))
            buffer_.consume(2);
        const std::size_t length = find_head_end(received());
        if (length > 0)
            co_return length;
        const auto refusal = check_partial_head(received());
        if (refusal) {
            co_await refuse(*refusal);
            co_return 0;
        }
        auto [error, count] = co_await socket_.async_read_some(buffer_.prepare(read_size), as_result);
        if (error)
            break;
        buffer_.commit(count);
        if (phase_ == Phase::Idle)
            enter(Phase::Head, server().options.head_deadline);
    }
    if (is_late_ && buffer_.size() > 0) {
        constexpr Refusal late = {Status::RequestTimeout, "The request did not arrive in time."};
        co_await refuse(late);
    }
    co_return 0;
}

std::string_view Connection::received() const
{
    const auto bytes = buffer_.data();
    return {static_cast<const char*>(bytes.data()), bytes.size()};
}

/// Adds to a head what only the connection knows. Before the body is read, so that nothing in it can change this.
void Connection::complete(Head& head)
{
    keep_alive_ = head.keep_alive;
    is_old_ = head.is_old;
    method_ = head.request.method;
    head.request.remote_address = remote_address_;
    apply_forwarding(head.request, peer_.address, server().trusted_proxies);
    request_id_ = settle_request_id(head.request, peer_.is_trusted);
    mailbox_->expect(conditions_of(head.request, head.is_old), request_id_);
    if (served_) {
        served_->remote_address = head.request.remote_address;
        served_->method = head.request.method;
        served_->path = head.request.path;
        served_->target = head.request.target;
    }
}

void Connection::hand_over(Request request)
{
    const base::log::RequestScope scope(request_id_);
    enter_waiting(Phase::Handling);
    Responder responder(mailbox_);
    try {
        server().application.handle(std::move(request), std::move(responder));
    } catch (const std::exception& error) {
        base::log::error(fmt::format("a request could not be handed over: {}", error.what()));
    }
}

void Connection::take_answer(std::optional<Prepared> answer)
{
    if (!answer)
        answer = plain_answer(Status::InternalServerError, "Something went wrong on our side.");
    answer_ = std::move(answer);
    wake_up_.wake();
}

Prepared Connection::plain_answer(Status status, std::string_view text)
{
    Conditions conditions;
    conditions.method = method_;
    conditions.is_old = is_old_;
    auto prepared = prepare(server().application.plain_error(status, text), conditions);
    if (prepared)
        return std::move(*prepared);
    // Even the plain error page cannot be sent; a bare status line always can.
    Response bare;
    bare.status = status;
    bare.content_type.clear();
    return prepare(std::move(bare), conditions).value();
}

void Connection::begin_served()
{
    if (!server().options.tells_served)
        return;
    served_ = std::make_unique<Served>();
    served_->remote_address = remote_address_;
    asked_at_ = SteadyClock::now();
}

/// Once for a request, whichever answer it gets.
void Connection::tell_served(const Prepared& answer, std::size_t head_bytes)
{
    if (!served_)
        return;
    served_->status = answer.status;
    served_->note = answer.note;
    served_->request_id = request_id_;
    served_->bytes -= std::min<std::uint64_t>(served_->bytes, head_bytes);
    served_->time = SteadyClock::now() - asked_at_;
    server().application.served(*served_);
    served_.reset();
}

Task<> Connection::refuse(Refusal refusal)
{
    if (!served_)
        begin_served();
    if (request_id_.empty())
        request_id_ = new_request_id();
    keep_alive_ = false;
    must_linger_ = true;
    is_late_ = false;
    answer_ = plain_answer(refusal.status, refusal.text);
    co_await write_answer();
}

/// Reads away what the client still sends: closing with unread bytes resets the connection, and the answer is lost.
Task<> Connection::linger()
{
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    enter(Phase::Lingering, 2s);
    buffer_.clear();
    while (true) {
        auto [error, count] = co_await socket_.async_read_some(buffer_.prepare(idle_buffer_limit), as_result);
        if (error)
            co_return;
    }
}

void Connection::enter(Phase phase, SteadyClock::duration allowed)
{
    phase_ = phase;
    deadline_ = SteadyClock::now() + allowed;
}

void Connection::enter_waiting(Phase phase)
{
    phase_ = phase;
    deadline_ = SteadyClock::time_point::max();
}

void Connection::enter_idle()
{
    if (buffer_.size() > 0) {
        enter(Phase::Head, server().options.head_deadline);
        return;
    }
    if (buffer_.capacity() > idle_buffer_limit) {
        buffer_.clear();
        buffer_.shrink_to_fit();
    }
    enter(Phase::Idle, thread_.is_draining() ? 1s : server().options.keep_alive);
}

void Connection::sweep(SteadyClock::time_point now)
{
    if (now < deadline_)
        return;
    boost::system::error_code ignored;
    switch (phase_) {
    case Phase::Idle:
        socket_.cancel(ignored);
        break;
    case Phase::Lingering:
        socket_.close(ignored);
        break;
    case Phase::Head:
    case Phase::Body:
        is_late_ = true;
        socket_.cancel(ignored);
        break;
    case Phase::Writing:
        abort();
        break;
    case Phase::Streaming:
        is_beat_due_ = true;
        wake_up_.wake();
        break;
    case Phase::Handling:
        break;
    }
}

void Connection::begin_drain()
{
    if (phase_ == Phase::Streaming) {
        wake_up_.wake();
        return;
    }
    boost::system::error_code ignored;
    // A request that is already in the kernel's buffer is still answered, and a client that just came may send its
    // first.
    if (phase_ != Phase::Idle || socket_.available(ignored) > 0)
        return;
    // Not closed yet: its client may have sent a request that has not arrived, and could not tell whether it was
    // carried out.
    enter(Phase::Idle, has_served_ ? idle_grace : 1s);
}

void Connection::abort()
{
    is_aborted_ = true;
    boost::system::error_code ignored;
    // A reset, so that half an answer is not taken for a whole one.
    socket_.set_option(asio::socket_base::linger(true, 0), ignored);
    socket_.close(ignored);
    wake_up_.wake();
}

} // namespace http
