#pragma once

#include "http/asio.hpp"
#include "http/head/addresses.hpp"
#include "http/server/connection.hpp"
#include "http/server/mailbox.hpp"
#include "http/server/server.hpp"

#include <atomic>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <string_view>

namespace http {

/// State that all io threads of a server share.
struct ServerState
{
    ServerState(ServerOptions given, Application& handlers);

    ServerOptions options;
    Application& application;
    HostRules hosts;
    NetworkList trusted_proxies;
    NetworkList probe_networks;
    ConnectionCounter counter;
};

/// One thread of the server with its own acceptor and connections. A connection never changes its thread.
class IoThread
{
  public:
    explicit IoThread(ServerState& server);
    ~IoThread();
    IoThread(const IoThread&) = delete;
    IoThread& operator=(const IoThread&) = delete;

    /// Throws boost::system::system_error.
    void listen(const asio::ip::tcp::endpoint& endpoint);
    asio::ip::tcp::endpoint local_endpoint() const { return acceptor_.local_endpoint(); }
    /// Serve until stop() and until the last connection has ended.
    void run();
    /// From any thread.
    void retire();
    /// From any thread.
    void stop(std::chrono::seconds drain);

    /// From any thread: how long ago the loop last turned.
    std::chrono::nanoseconds idle() const;

    // For the connections of this thread.
    ServerState& server() { return server_; }
    const std::shared_ptr<Gate>& gate() const { return gate_; }
    bool is_draining() const { return is_draining_; }
    /// True when no connection may wait for another request any more.
    bool is_retiring() const { return is_retiring_ || is_draining_; }
    /// "Date: …" with its line end, at most about a second old.
    std::string_view date_line() const { return date_line_; }
    void add(Connection& connection) { connections_.push_back(connection); }
    /// Called by a connection that has just left the list.
    void connection_ended();

  private:
    using Connections = boost::intrusive::list<Connection, boost::intrusive::constant_time_size<false>>;
    struct Parting
    {
        Socket socket;
        SteadyClock::time_point end;
    };

    ServerState& server_;
    asio::io_context context_{1};
    std::shared_ptr<Gate> gate_;
    Acceptor acceptor_;
    Timer accept_pause_;
    Timer ticker_;
    Connections connections_;
    /// Refused clients whose answer is still being sent.
    std::deque<Parting> parting_;
    std::string date_line_;
    std::atomic<SteadyClock::time_point> turned_ = SteadyClock::now();
    bool is_retiring_ = false;
    bool is_draining_ = false;
    SteadyClock::time_point drain_end_ = SteadyClock::time_point::max();

    Task<> accept_connections();
    Task<> tick();
    void admit(Socket socket);
    void refuse(Socket socket);
    void sweep();
    void begin_drain(std::chrono::seconds drain);
    void accept_waiting();
};

} // namespace http
