#pragma once

#include "http/answer/prepare.hpp"
#include "http/asio.hpp"
#include "http/head/addresses.hpp"
#include "http/head/guard.hpp"
#include "http/server/mailbox.hpp"
#include "http/server/server.hpp"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/intrusive/list_hook.hpp>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace http {

class BodyReader;
class EventStream;
class IoThread;
struct ServerState;

/// The client's end of a connection.
struct Peer
{
    Address address;
    /// A trusted proxy: its forwarding fields count, and it may open any number of connections.
    bool is_trusted;
    ConnectionCounter::Place place;
};

/// Lets a coroutine sleep until wake() is called; both on the same io thread. A wake() without a sleeper is not stored,
/// so the sleeper checks its condition before and after.
class WakeUp
{
    using Handler = asio::async_result<asio::use_awaitable_t<Executor>, void()>::handler_type;
    std::optional<Handler> sleeper_;

  public:
    Task<> wait()
    {
        return asio::async_initiate<const asio::use_awaitable_t<Executor>, void()>(
            [this](Handler handler) { sleeper_.emplace(std::move(handler)); }, asio::use_awaitable_t<Executor>());
    }
    void wake()
    {
        if (auto sleeper = std::exchange(sleeper_, std::nullopt))
            (*std::move(sleeper))();
    }
};

/// Work for the heavy lane that a connection waits for. It owns its data, because the connection may end first.
class HeavyJob
{
  public:
    virtual ~HeavyJob() = default;
    virtual void run() = 0;
    /// Set on the io thread when run() has returned.
    bool is_done = false;
};

/// One client: reads requests, passes them on, writes the answers. Lives on its io thread; owned by its coroutine.
class Connection final
    : public std::enable_shared_from_this<Connection>,
      public boost::intrusive::list_base_hook<boost::intrusive::link_mode<boost::intrusive::auto_unlink>>
{
  public:
    Connection(Socket socket, IoThread& thread, Peer peer);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// Run until the connection ends; `self` keeps it alive.
    Task<> serve(std::shared_ptr<Connection> self);
    /// Act on a deadline that has passed. Called once a second.
    void sweep(SteadyClock::time_point now);
    /// Close the connection if it is idle; a running request is finished.
    void begin_drain();
    /// Close the connection at once, whatever it does.
    void abort();
    /// Take the answer to the running request; nothing means an answer that cannot be sent.
    void take_answer(std::optional<Prepared> answer);
    void wake() { wake_up_.wake(); }

  private:
    enum class Phase : std::uint8_t
    {
        Idle,
        Head,
        Body,
        Handling,
        Writing,
        Streaming,
        Lingering
    };

    Socket socket_;
    IoThread& thread_;
    Peer peer_;
    std::string remote_address_;
    std::shared_ptr<Mailbox> mailbox_;
    boost::beast::flat_buffer buffer_;
    /// From the running request; decides the form of answers that the server makes itself.
    Method method_ = Method::Get;
    bool is_old_ = false;
    /// Of the running request, or the one that could not be read.
    std::string request_id_;
    std::optional<Prepared> answer_;
    /// The running request, while the application wants to know its outcome.
    std::unique_ptr<Served> served_;
    SteadyClock::time_point asked_at_;
    WakeUp wake_up_;
    SteadyClock::time_point deadline_ = SteadyClock::time_point::max();
    Phase phase_ = Phase::Idle;
    bool keep_alive_ = true;
    bool must_linger_ = false;
    bool has_served_ = false;
    bool is_late_ = false;
    bool is_aborted_ = false;
    bool is_peer_gone_ = false;
    bool is_beat_due_ = false;

    // connection.cpp: from head to answer
    /// True for a health check by IP address from those who may.
    bool is_probe(const Request& request) const;
    Task<bool> serve_request();
    Task<std::size_t> read_head();
    Task<> refuse(Refusal refusal);
    Task<> linger();
    void enter(Phase phase, SteadyClock::duration allowed);
    void enter_waiting(Phase phase);
    void enter_idle();
    void hand_over(Request request);
    void complete(Head& head);
    std::string_view received() const;
    ServerState& server() const;
    Prepared plain_answer(Status status, std::string_view text);
    void begin_served();
    void tell_served(const Prepared& answer, std::size_t head_bytes);

    // connection_body.cpp: bodies, and waiting for the heavy lane
    Task<bool> read_body(Head& head);
    Task<bool> ask_about_body(const Head& head, BodyPlan& plan);
    bool start_question(const std::shared_ptr<HeavyJob>& job);
    void push_body(BodyReader& reader, std::string_view bytes) const;
    Task<bool> receive_body(BodyReader& reader, std::uint64_t length);
    Task<bool> sync_files(BodyReader& reader, Request& request);
    Task<bool> run_heavy(const std::shared_ptr<HeavyJob>& job);
    bool start_heavy(const std::shared_ptr<HeavyJob>& job);

    // connection_write.cpp: answers
    Task<bool> write_answer();
    Task<bool> write_body(Prepared& answer);
    Task<bool> write(std::span<asio::const_buffer> buffers);
    Task<bool> write_both(std::string_view first, std::string_view second);
    Task<bool> write_file(Prepared& answer);
    Task<bool> write_source(Prepared& answer);
    Task<bool> write_instead(bool is_broken);
    void finish_head(std::string& head);

    // connection_events.cpp: event streams
    Task<bool> write_events(Prepared& answer);
    Task<> pump_events(EventStream& stream);
    Task<bool> write_batch(std::span<const std::shared_ptr<const std::string>> batch);
    void open_stream(EventStreamBody& body, std::shared_ptr<EventStream> stream);
    void watch_peer();
};

} // namespace http
