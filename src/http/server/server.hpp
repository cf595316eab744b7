#pragma once

#include "http/head/addresses.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace http {

/// Sends the answer to one request: call it exactly once, from any thread. Destroyed uncalled, it answers 500.
class Responder
{
  public:
    class Target
    {
      public:
        virtual ~Target() = default;
        virtual void respond(Response response) = 0;
        /// Called when the responder was destroyed without an answer. Unless overridden, responds with an empty 500.
        virtual void abandon();
    };
    explicit Responder(std::shared_ptr<Target> target) : target_(std::move(target)) {}
    Responder(Responder&&) noexcept = default;
    /// Transfer the duty to answer to `other`.
    Responder& operator=(Responder&& other) noexcept
    {
        target_.swap(other.target_);
        return *this;
    }
    ~Responder();
    void operator()(Response response);

  private:
    std::shared_ptr<Target> target_;
};

/// An exchange with a client, reported when the last byte of the answer is passed to the kernel; for an event stream
/// when it opens. A request whose head was refused has neither path nor target.
struct Served
{
    std::string remote_address;
    Method method = Method::Other;
    /// Decoded.
    std::string path;
    /// As sent: plain ASCII without blanks.
    std::string target;
    Status status = Status::Ok;
    /// Of the body, as sent.
    std::uint64_t bytes = 0;
    /// From the last byte of the head.
    std::chrono::steady_clock::duration time{};
    std::string note;
    /// As in the answer's X-Request-Id.
    std::string request_id;
};

/// A client beyond a limit, to which the server sent ServerOptions::busy_page.
struct Refused
{
    std::string remote_address;
    ConnectionLimit limit = ConnectionLimit::OfAll;
};

/// What is known of a body before any of it is read.
struct BodyQuestion
{
    /// Without files and fields.
    Request head;
    std::uint64_t length = 0;
};

/// What happens to a body that is longer than its plan.
enum class IfLonger : std::uint8_t
{
    /// It is refused at the head, with 413.
    Refuse,
    /// It is read as far as the plan goes; BodyFault::TooLarge says so.
    ReadPart
};

/// How a body is read.
struct BodyPlan
{
    BodyLimits limits;
    std::uint64_t most_bytes = 0;
    IfLonger if_longer = IfLonger::Refuse;
    /// The fault of a body with files where the limits allow none: they are dropped as they arrive.
    BodyFault without_files = BodyFault::TooManyFiles;
    /// Application::ask_about_body() decides, before any of it is read.
    bool must_ask = false;
    /// Released when the body has been read.
    std::shared_ptr<void> place = {};
};

/// What the server calls. All functions run on an io thread and must not block.
class Application
{
  public:
    virtual ~Application() = default;
    /// Called when the head has arrived and before the body is read.
    virtual BodyPlan plan_body(const Request& head, std::uint64_t length) = 0;
    /// Decide about a body whose plan must ask. The server has run_question() call it, on any thread; it may wait.
    virtual BodyPlan ask_about_body(const BodyQuestion&, BodyPlan plan) { return plan; }
    /// Run a question on a thread that may wait; false when there is none.
    virtual bool run_question(std::function<void()> job) { return run_heavy(std::move(job)); }
    /// Pass the request to a lane, or answer at once.
    virtual void handle(Request request, Responder respond) = 0;
    /// Run one piece of a streamed body on the heavy lane; false when the lane is full (the stream is then cut).
    virtual bool run_heavy(std::function<void()> job) = 0;
    /// Make an answer that the server sends by itself (400, 408, 411, 413, 414, 421, 431, 500, 503), with the site's
    /// header fields.
    virtual Response plain_error(Status status, std::string_view text) = 0;
    /// Called for every answer when the options say so.
    virtual void served(const Served&) {}
    /// Called for each client beyond a limit.
    virtual void refused(const Refused&) {}
};

/// How long a body of this size may take to arrive: 16 KiB a second, plus a constant.
constexpr std::chrono::seconds longest_body(std::uint64_t bytes)
{
    return std::chrono::seconds(30 + bytes / (16 * 1024));
}

struct ServerOptions
{
    std::string address = "127.0.0.1";
    std::uint16_t port = 8000;
    unsigned io_threads = 2;
    /// Host names that the server answers; "*" answers all. Ports are ignored. Others get 421.
    std::vector<std::string> allowed_hosts = {"localhost", "127.0.0.1", "[::1]"};
    /// Paths of health checks: this machine and the trusted proxies may ask for them under any IP address as Host.
    std::vector<std::string> probe_paths = {};
    /// Peers, as addresses or networks, who may do so, too, when no forwarding field says that others are behind them.
    std::vector<std::string> probe_networks = {};
    /// Peers, as addresses or networks, whose X-Forwarded-For / X-Forwarded-Proto count.
    std::vector<std::string> trusted_proxies;
    /// Where uploads are written until a handler takes them; on the same file system as the attachments.
    std::filesystem::path temporary_directory;
    std::size_t connections_per_address = 256;
    std::size_t connections = 10000;
    /// Clients beyond these limits, per thread, whose connections stay open for a second so that they can read why.
    std::size_t parting = 256;
    /// What a client beyond these limits reads instead of an answer: a whole HTML page of a few KiB, or nothing.
    std::string busy_page;
    /// So many bytes of a body must arrive in each such time, or the rest of it, besides longest_body() for the whole.
    std::uint64_t body_piece = 120 * 1024;
    std::chrono::seconds body_pause{30};
    /// Whether Application::served() is called.
    bool tells_served = false;
    std::chrono::seconds head_deadline{10};
    std::chrono::seconds keep_alive{60};
    std::chrono::seconds write_stall{30};
};

/// The HTTP/1.1 server. Owned by server/.
class Server
{
  public:
    /// Bind; throws std::runtime_error in plain words when the address is taken or not ours.
    Server(ServerOptions options, Application& application);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Serve until stop(); returns when all connections are closed.
    void run();
    /// From any thread: keep serving, but end each connection with its next answer, so that clients leave by themselves
    /// before stop().
    void retire();
    /// From any thread: accept no more connections, let running requests finish within `drain`, close event streams
    /// with a retry hint, and close idle connections after half a second, so that a request on its way is still
    /// answered.
    void stop(std::chrono::seconds drain);
    /// Return how long ago the event loop that is furthest behind last turned; each turns once a second.
    std::chrono::nanoseconds idle_loops() const;
    std::size_t open_connections() const;
    /// Return the port that is bound (for port 0).
    std::uint16_t port() const;

  private:
    struct Implementation;
    std::unique_ptr<Implementation> implementation_;
};

} // namespace http
