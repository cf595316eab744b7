#include "http/server/server.hpp"

#include "http/server/io_thread.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>
#include <thread>

namespace http {

namespace {

using asio::ip::tcp;

std::string explain(const boost::system::system_error& error, const ServerOptions& options)
{
    const auto where = fmt::format("{} port {}", options.address, options.port);
    if (error.code() == asio::error::address_in_use)
        return fmt::format("Cannot listen on {}: another program already does.", where);
    if (error.code() == asio::error::access_denied)
        return fmt::format("Cannot listen on {}: ports below 1024 need a privilege. Choose a higher one.", where);
    if (error.code() == boost::system::errc::address_not_available)
        return fmt::format("Cannot listen on {}: this machine does not have that address.", where);
    return fmt::format("Cannot listen on {}: {}.", where, error.code().message());
}

tcp::endpoint endpoint_of(const ServerOptions& options)
{
    const auto address = parse_address(options.address == "localhost" ? "127.0.0.1" : options.address);
    if (!address)
        throw std::runtime_error(fmt::format("'{}' is not an address such as 127.0.0.1 or ::1.", options.address));
    return {asio::ip::make_address(address_text(*address)), options.port};
}

/// SO_REUSEPORT would let a second server take half of our clients without a word, so first ask without it.
void check_unused(const tcp::endpoint& endpoint)
{
    asio::io_context context;
    tcp::acceptor probe(context);
    probe.open(endpoint.protocol());
    probe.set_option(asio::socket_base::reuse_address(true));
    probe.bind(endpoint);
    probe.listen(1);
}

} // namespace

Responder::~Responder()
{
    if (target_)
        target_->abandon();
}

void Responder::operator()(Response response)
{
    if (const auto target = std::exchange(target_, nullptr))
        target->respond(std::move(response));
}

void Responder::Target::abandon()
{
    Response response;
    response.status = Status::InternalServerError;
    respond(std::move(response));
}

struct Server::Implementation
{
    Implementation(ServerOptions options, Application& application) : state(std::move(options), application) {}

    ServerState state;
    std::vector<std::unique_ptr<IoThread>> threads;
    std::uint16_t port = 0;

    void listen()
    {
        auto endpoint = endpoint_of(state.options);
        check_unused(endpoint);
        const unsigned count = std::max(1U, state.options.io_threads);
        for (unsigned i = 0; i < count; ++i) {
            threads.push_back(std::make_unique<IoThread>(state));
            threads.back()->listen(endpoint);
            endpoint.port(threads.back()->local_endpoint().port());
        }
        port = endpoint.port();
    }
};

Server::Server(ServerOptions options, Application& application)
    : implementation_(std::make_unique<Implementation>(std::move(options), application))
{
    try {
        implementation_->listen();
    } catch (const boost::system::system_error& error) {
        throw std::runtime_error(explain(error, implementation_->state.options));
    }
}

Server::~Server() = default;

void Server::run()
{
    std::vector<std::thread> helpers;
    auto& threads = implementation_->threads;
    for (std::size_t i = 1; i < threads.size(); ++i)
        helpers.emplace_back([&thread = *threads[i]] { thread.run(); });
    threads.front()->run();
    for (auto& helper : helpers)
        helper.join();
}

void Server::retire()
{
    for (const auto& thread : implementation_->threads)
        thread->retire();
}

void Server::stop(std::chrono::seconds drain)
{
    for (const auto& thread : implementation_->threads)
        thread->stop(drain);
}

std::chrono::nanoseconds Server::idle_loops() const
{
    std::chrono::nanoseconds longest{0};
    for (const auto& thread : implementation_->threads)
        longest = std::max(longest, thread->idle());
    return longest;
}

std::size_t Server::open_connections() const
{
    return implementation_->state.counter.open();
}

std::uint16_t Server::port() const
{
    return implementation_->port;
}

} // namespace http
