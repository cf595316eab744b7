#include "http/server/io_thread.hpp"

#include "base/log.hpp"

#include <array>
#include <csignal>
#include <ctime>
#include <exception>
#include <fmt/format.h>

namespace http {

namespace {

std::string format_date_line(std::time_t now)
{
    static constexpr std::array<const char*, 7> days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months = {
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&now, &utc);
    return fmt::format("Date: {}, {:02} {} {} {:02}:{:02}:{:02} GMT\r\n", days[static_cast<std::size_t>(utc.tm_wday)],
        utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour, utc.tm_min,
        utc.tm_sec);
}

Address address_of(const Socket& socket)
{
    boost::system::error_code error;
    const auto address = socket.remote_endpoint(error).address();
    if (error)
        return {};
    if (address.is_v6())
        return address.to_v6().to_bytes();
    return asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes();
}

/// sendfile() to a client that has left raises SIGPIPE, which would end the program.
void block_pipe_signal()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

/// Without memory a client may be lost, but not the acceptor or the deadlines of all the others.
template <typename Action>
void go_on_after_errors(Action action)
{
    try {
        action();
    } catch (const std::exception& error) {
        base::log::error(fmt::format("an io thread goes on after an error: {}", error.what()));
    }
}

void report(std::exception_ptr error)
{
    if (!error)
        return;
    try {
        std::rethrow_exception(error);
    } catch (const std::exception& cause) {
        base::log::error(fmt::format("a connection ended by an error: {}", cause.what()));
    }
}

} // namespace

ServerState::ServerState(ServerOptions given, Application& handlers)
    : options(std::move(given)),
      application(handlers),
      hosts{options.allowed_hosts, options.probe_paths},
      trusted_proxies(options.trusted_proxies),
      probe_networks(options.probe_networks),
      counter(options.connections_per_address, options.connections)
{}

IoThread::IoThread(ServerState& server)
    : server_(server),
      gate_(std::make_shared<Gate>(context_)),
      acceptor_(context_.get_executor()),
      accept_pause_(context_.get_executor()),
      ticker_(context_.get_executor()),
      date_line_(format_date_line(std::time(nullptr)))
{}

IoThread::~IoThread()
{
    gate_->close();
}

void IoThread::listen(const asio::ip::tcp::endpoint& endpoint)
{
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    const int on = 1;
    ::setsockopt(acceptor_.native_handle(), SOL_SOCKET, SO_REUSEPORT, &on, sizeof on);
    if (endpoint.protocol() == asio::ip::tcp::v6())
        acceptor_.set_option(asio::ip::v6_only(endpoint.address() != asio::ip::address_v6::any()));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
    acceptor_.non_blocking(true);
}

void IoThread::run()
{
    block_pipe_signal();
    asio::co_spawn(context_.get_executor(), accept_connections(), report);
    asio::co_spawn(context_.get_executor(), tick(), report);
    for (bool is_running = true; is_running;) {
        try {
            context_.run();
            is_running = false;
        } catch (const std::exception& error) {
            base::log::error(fmt::format("an io thread goes on after an error: {}", error.what()));
        }
    }
}

std::chrono::nanoseconds IoThread::idle() const
{
    return SteadyClock::now() - turned_.load();
}

void IoThread::retire()
{
    gate_->post([this] { is_retiring_ = true; });
}

void IoThread::stop(std::chrono::seconds drain)
{
    gate_->post([this, drain] { begin_drain(drain); });
}

Task<> IoThread::accept_connections()
{
    bool is_failing = false;
    while (acceptor_.is_open()) {
        auto [error, socket] = co_await acceptor_.async_accept(as_result);
        if (!error) {
            is_failing = false;
            Socket accepted = std::move(socket);
            go_on_after_errors([&] { admit(std::move(accepted)); });
        } else if (error != asio::error::operation_aborted && error != asio::error::connection_aborted) {
            if (!std::exchange(is_failing, true))
                base::log::warning(fmt::format("cannot accept connections: {}", error.message()));
            // Out of descriptors or memory: the clients wait in the kernel's queue. Trying again at once would spin.
            accept_pause_.expires_after(std::chrono::milliseconds(100));
            co_await accept_pause_.async_wait(as_result);
        }
    }
}

void IoThread::admit(Socket socket)
{
    boost::system::error_code ignored;
    socket.set_option(asio::ip::tcp::no_delay(true), ignored);
    socket.non_blocking(true, ignored);
    const auto address = address_of(socket);
    const bool is_trusted = server_.trusted_proxies.contains(address);
    auto entered = server_.counter.enter(address, is_trusted);
    if (const auto* limit = std::get_if<ConnectionLimit>(&entered)) {
        refuse(std::move(socket));
        server_.application.refused({address_text(address), *limit});
        return;
    }
    Peer peer{address, is_trusted, std::move(std::get<ConnectionCounter::Place>(entered))};
    const auto connection = std::make_shared<Connection>(std::move(socket), *this, std::move(peer));
    asio::co_spawn(context_.get_executor(), connection->serve(connection), report);
}

// Closed at once, the socket would be reset when the request arrives, and the client would not see the answer.
void IoThread::refuse(Socket socket)
{
    const std::string& page = server_.options.busy_page;
    const std::string answer =
        fmt::format("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: {}\r\n"
                    "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n"
                    "Cross-Origin-Resource-Policy: same-origin\r\n"
                    "Connection: close\r\n\r\n{}",
            page.size(), page);
    boost::system::error_code ignored;
    socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(Socket::shutdown_send, ignored);
    if (parting_.size() < server_.options.parting && !is_draining_)
        parting_.push_back({std::move(socket), SteadyClock::now() + std::chrono::seconds(1)});
}

Task<> IoThread::tick()
{
    while (!is_draining_ || !connections_.empty()) {
        // Nobody waits a second longer than needed for the end.
        ticker_.expires_after(is_draining_ ? std::chrono::milliseconds(100) : std::chrono::seconds(1));
        co_await ticker_.async_wait(as_result);
        go_on_after_errors([&] { sweep(); });
    }
}

void IoThread::sweep()
{
    const auto now = SteadyClock::now();
    turned_ = now;
    date_line_ = format_date_line(std::time(nullptr));
    while (!parting_.empty() && parting_.front().end <= now)
        parting_.pop_front();
    const bool is_over = now >= drain_end_;
    for (auto at = connections_.begin(); at != connections_.end();) {
        // A connection may end, and leave the list, while it is looked at.
        Connection& connection = *at++;
        if (is_over)
            connection.abort();
        else
            connection.sweep(now);
    }
}

void IoThread::begin_drain(std::chrono::seconds drain)
{
    drain_end_ = SteadyClock::now() + drain;
    if (!is_draining_)
        accept_waiting();
    is_draining_ = true;
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    accept_pause_.cancel();
    parting_.clear();
    for (auto at = connections_.begin(); at != connections_.end();) {
        Connection& connection = *at++;
        connection.begin_drain();
    }
    ticker_.cancel();
}

// Clients in the kernel's queue have connected already: they are served, not reset.
void IoThread::accept_waiting()
{
    boost::system::error_code error;
    while (!error) {
        Socket socket(context_.get_executor());
        acceptor_.accept(socket, error);
        if (!error)
            admit(std::move(socket));
    }
}

void IoThread::connection_ended()
{
    if (is_draining_ && connections_.empty())
        ticker_.cancel();
}

} // namespace http
