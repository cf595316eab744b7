#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace server {

/// Tells systemd how this process is, by the protocol of sd_notify(3). Does nothing without one that listens, as in a
/// terminal. Thread-safe.
class ServiceManager
{
  public:
    /// As the environment of this process says: NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
    static ServiceManager of_environment();
    /// `socket` is a path, or begins with "@" for an abstract name; empty for nobody.
    ServiceManager(std::string socket, std::optional<std::chrono::microseconds> watchdog);

    /// The server answers from now on.
    void ready(std::string_view status);
    /// The settings are being read again; ready() follows.
    void reloading();
    /// The process ends within this time, however short the unit's own limit is.
    void stopping(std::chrono::seconds longest);
    /// Heard often enough, the process is not killed.
    void alive();
    /// After this time without alive() it is; nothing when that is not watched.
    std::optional<std::chrono::microseconds> watchdog() const { return watchdog_; }

  private:
    void send(const std::string& message);

    std::string socket_;
    std::optional<std::chrono::microseconds> watchdog_;
    std::atomic<bool> has_failed_ = false;
};

} // namespace server
