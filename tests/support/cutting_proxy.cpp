#include "support/cutting_proxy.hpp"

#include "base/text.hpp"

#include <arpa/inet.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <stdexcept>
#include <string_view>
#include <system_error>
#include <utility>

namespace support {

namespace {

struct Parts
{
    std::string user, host, port = "5432", name;
};

Parts parts_of(const std::string& url)
{
    const std::unique_ptr<PQconninfoOption, void (*)(PQconninfoOption*)> options(
        PQconninfoParse(url.c_str(), nullptr), PQconninfoFree);
    Parts parts;
    for (const PQconninfoOption* option = options.get(); option != nullptr && option->keyword != nullptr; ++option) {
        const std::string_view keyword = option->keyword;
        if (option->val == nullptr)
            continue;
        if (keyword == "user")
            parts.user = option->val;
        else if (keyword == "host")
            parts.host = option->val;
        else if (keyword == "port")
            parts.port = option->val;
        else if (keyword == "dbname")
            parts.name = option->val;
    }
    return parts;
}

[[noreturn]] void fail(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

bool send_all(int socket, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

/// What is there now; empty at the end.
std::string receive_some(int socket)
{
    std::array<char, 65'536> buffer{};
    const ssize_t size = ::recv(socket, buffer.data(), buffer.size(), 0);
    return {buffer.data(), size > 0 ? static_cast<std::size_t>(size) : 0};
}

} // namespace

struct CuttingProxy::Pair
{
    Pair(int program_side, int server_side) : program(program_side), server(server_side) {}
    Pair(const Pair&) = delete;
    Pair& operator=(const Pair&) = delete;
    ~Pair()
    {
        ::close(program);
        ::close(server);
    }
    int program;
    int server;
};

CuttingProxy::CuttingProxy(const std::string& url) : listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    const Parts parts = parts_of(url);
    if (!parts.host.starts_with('/'))
        throw std::runtime_error("the test server must listen on a Unix socket");
    server_ = parts.host + "/.s.PGSQL." + parts.port;
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof(address);
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, generic, size) != 0 || ::listen(listener_, 16) != 0 ||
        ::getsockname(listener_, generic, &size) != 0)
        fail("listening on loopback");
    url_ = "postgresql://" + parts.user + "@127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + "/" + parts.name +
           "?sslmode=disable";
    acceptor_ = std::jthread([this] { accept_all(); });
}

CuttingProxy::~CuttingProxy()
{
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    forwarders_.clear();
    ::close(listener_);
}

void CuttingProxy::cut(Cut where, std::string word)
{
    const std::lock_guard lock(mutex_);
    where_ = where;
    word_ = std::move(word);
}

void CuttingProxy::accept_all()
{
    while (!stopping_) {
        const int program = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (program < 0)
            continue;
        if (refuses_) {
            ::close(program);
            continue;
        }
        forwarders_.emplace_back([this, program] {
            Pair pair(program, connect_to_server());
            forward(pair);
        });
    }
}

int CuttingProxy::connect_to_server() const
{
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::copy_n(server_.data(), std::min(server_.size(), sizeof(address.sun_path) - 1), address.sun_path);
    // When this fails, the program finds its connection closed.
    return ::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0 ? server : -1;
}

void CuttingProxy::forward(Pair& pair)
{
    while (!stopping_) {
        std::array<pollfd, 2> both{{{pair.program, POLLIN, 0}, {pair.server, POLLIN, 0}}};
        if (::poll(both.data(), both.size(), 50) < 0)
            return;
        if (both[0].revents != 0 && !pass_on(pair))
            return;
        if (both[1].revents == 0)
            continue;
        const std::string answer = receive_some(pair.server);
        if (answer.empty() || !send_all(pair.program, answer))
            return;
    }
}

bool CuttingProxy::pass_on(Pair& pair)
{
    const std::string chunk = receive_some(pair.program);
    if (chunk.empty())
        return false;
    switch (where_to_cut(chunk)) {
    case Cut::Nowhere:
        return send_all(pair.server, chunk);
    case Cut::Before:
        return false;
    case Cut::Late:
        std::this_thread::sleep_for(std::chrono::milliseconds(2'200));
        return false;
    case Cut::After:
        break;
    }
    // The answer means that the server has done it.
    if (send_all(pair.server, chunk))
        receive_some(pair.server);
    return false;
}

CuttingProxy::Cut CuttingProxy::where_to_cut(std::string chunk)
{
    const std::lock_guard lock(mutex_);
    if (where_ == Cut::Nowhere || base::ascii_lower(chunk).find(word_) == std::string::npos)
        return Cut::Nowhere;
    return std::exchange(where_, Cut::Nowhere);
}

} // namespace support
