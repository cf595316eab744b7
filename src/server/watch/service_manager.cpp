#include "server/watch/service_manager.hpp"

#include "base/file.hpp"
#include "base/log.hpp"
#include "base/text.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstdlib>
#include <ctime>
#include <system_error>

namespace server {

namespace {

std::string_view variable(const char* name)
{
    const char* const value = std::getenv(name);
    return value == nullptr ? std::string_view() : std::string_view(value);
}

// A child of systemd's process has the same environment, but is not the one that is watched.
std::optional<std::chrono::microseconds> watchdog_of_environment()
{
    const auto process = base::parse_integer(variable("WATCHDOG_PID"));
    const auto limit = base::parse_integer(variable("WATCHDOG_USEC"));
    if (!limit || *limit <= 0 || (process && *process != ::getpid()))
        return std::nullopt;
    return std::chrono::microseconds(*limit);
}

std::int64_t monotonic_microseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return std::int64_t{now.tv_sec} * 1'000'000 + now.tv_nsec / 1000;
}

int send_datagram(const std::string& to, std::string_view message)
{
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (to.size() >= sizeof address.sun_path)
        return ENAMETOOLONG;
    to.copy(&address.sun_path[0], to.size());
    if (to.front() == '@')
        address.sun_path[0] = '\0';
    const base::Descriptor socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    if (!socket)
        return errno;
    const auto length = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + to.size());
    const ssize_t sent = ::sendto(socket.get(), message.data(), message.size(), MSG_NOSIGNAL,
        reinterpret_cast<const sockaddr*>(&address), length);
    return sent < 0 ? errno : 0;
}

} // namespace

ServiceManager ServiceManager::of_environment()
{
    return {std::string(variable("NOTIFY_SOCKET")), watchdog_of_environment()};
}

ServiceManager::ServiceManager(std::string socket, std::optional<std::chrono::microseconds> watchdog)
    : socket_(std::move(socket)), watchdog_(socket_.empty() ? std::nullopt : watchdog)
{}

void ServiceManager::ready(std::string_view status)
{
    send(fmt::format("READY=1\nSTATUS={}", status));
}

void ServiceManager::reloading()
{
    send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", monotonic_microseconds()));
}

void ServiceManager::stopping(std::chrono::seconds longest)
{
    send(fmt::format("STOPPING=1\nSTATUS=Stopping\nEXTEND_TIMEOUT_USEC={}",
        std::chrono::duration_cast<std::chrono::microseconds>(longest).count()));
}

void ServiceManager::alive()
{
    send("WATCHDOG=1");
}

void ServiceManager::send(const std::string& message)
{
    if (socket_.empty())
        return;
    const int error = send_datagram(socket_, message);
    if (error != 0 && !has_failed_.exchange(true))
        base::log::warning(fmt::format(
            "systemd cannot be told how the server is: {}", std::error_code(error, std::generic_category()).message()));
}

} // namespace server
