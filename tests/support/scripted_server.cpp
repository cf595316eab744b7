#include "support/scripted_server.hpp"

#include "base/file.hpp"
#include "base/text.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <limits>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace support {

namespace {

bool receive(const base::Descriptor& socket, std::string& text)
{
    std::array<char, 16384> bytes{};
    const ssize_t got = ::recv(socket.get(), bytes.data(), bytes.size(), 0);
    if (got > 0)
        text.append(bytes.data(), static_cast<std::size_t>(got));
    return got > 0;
}

Seen parse_head(std::string_view head)
{
    Seen seen;
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    const std::size_t space = line.find(' ');
    seen.method = line.substr(0, space);
    seen.target = line.substr(space + 1, line.rfind(' ') - space - 1);
    for (std::size_t at = end + 2; at < head.size();) {
        const std::size_t stop = head.find("\r\n", at);
        const std::string_view field = head.substr(at, stop - at);
        const std::size_t colon = field.find(':');
        seen.headers[base::ascii_lower(field.substr(0, colon))] = base::trim(field.substr(colon + 1));
        at = stop + 2;
    }
    return seen;
}

} // namespace

struct ScriptedServer::Implementation
{
    Script script;
    base::Descriptor listener;
    std::uint16_t port = 0;
    std::atomic<bool> is_stopping = false;
    std::atomic<std::size_t> most_body = std::numeric_limits<std::size_t>::max();
    mutable std::mutex mutex;
    std::vector<Seen> seen;
    std::vector<std::thread> connections;
    std::thread acceptor;

    void listen()
    {
        listener = base::Descriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* const any = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener.get(), any, size) != 0 || ::listen(listener.get(), 16) != 0 ||
            ::getsockname(listener.get(), any, &size) != 0)
            throw std::runtime_error("the scripted server cannot listen");
        port = ntohs(address.sin_port);
    }

    bool waits(const base::Descriptor& socket) const
    {
        pollfd polled{.fd = socket.get(), .events = POLLIN, .revents = 0};
        while (!is_stopping) {
            if (::poll(&polled, 1, 20) > 0)
                return true;
        }
        return false;
    }

    void accept_all()
    {
        while (waits(listener)) {
            base::Descriptor socket(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (socket)
                connections.emplace_back([this, held = std::move(socket)] { serve(held); });
        }
    }

    void serve(const base::Descriptor& socket)
    {
        std::string text;
        while (waits(socket) && receive(socket, text)) {
            const std::size_t end = text.find("\r\n\r\n");
            if (end != std::string::npos && !answer_one(socket, text, end))
                return;
        }
    }

    bool answer_one(const base::Descriptor& socket, std::string& text, std::size_t end)
    {
        Seen request = parse_head(std::string_view(text).substr(0, end + 2));
        text.erase(0, end + 4);
        {
            const std::lock_guard lock(mutex);
            seen.push_back(request);
        }
        const auto length = request.headers.find("content-length");
        const std::size_t wanted = length == request.headers.end() ? 0 : std::stoul(length->second);
        while (text.size() < wanted) {
            if (text.size() >= most_body || !waits(socket) || !receive(socket, text))
                return false;
        }
        request.body = text.substr(0, wanted);
        text.erase(0, wanted);
        const std::string reply = script(request);
        return !reply.empty() && ::send(socket.get(), reply.data(), reply.size(), MSG_NOSIGNAL) > 0 &&
               reply.find("Connection: close") == std::string::npos;
    }
};

ScriptedServer::ScriptedServer(Script script) : implementation_(std::make_unique<Implementation>())
{
    implementation_->script = std::move(script);
    implementation_->listen();
    implementation_->acceptor = std::thread([this] { implementation_->accept_all(); });
}

ScriptedServer::~ScriptedServer()
{
    implementation_->is_stopping = true;
    implementation_->acceptor.join();
    for (std::thread& connection : implementation_->connections)
        connection.join();
}

std::string ScriptedServer::origin() const
{
    return "http://127.0.0.1:" + std::to_string(implementation_->port);
}

std::vector<Seen> ScriptedServer::seen() const
{
    const std::lock_guard lock(implementation_->mutex);
    return implementation_->seen;
}

void ScriptedServer::cut_bodies_after(std::size_t bytes)
{
    implementation_->most_body = bytes;
}

std::string ScriptedServer::answer(int status, std::string_view body, std::string_view headers)
{
    return "HTTP/1.1 " + std::to_string(status) + " Told\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
}

} // namespace support
