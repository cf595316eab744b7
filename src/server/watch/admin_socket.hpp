#pragma once

#include "base/file.hpp"
#include "server/settings/config.hpp"

#include <atomic>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace server {

/// The socket of the server that has the SQLite database open, beside its file: it cannot be taken for another one's.
/// Nothing on PostgreSQL.
std::optional<std::filesystem::path> admin_socket_of(const Config& config);

/// What a command that reached the running server prints, and its exit code.
struct AdminAnswer
{
    int exit_code = 0;
    std::string output = {};
    /// For standard error, without the program's name; empty when all went well.
    std::string error = {};
};
/// The words of a command: "user", "unlock", "mei".
using AdminWords = std::vector<std::string>;
/// `goes_on` says whether the server still runs.
using GoesOn = std::function<bool()>;
using AdminHandler = std::function<AdminAnswer(const AdminWords&, const GoesOn& goes_on)>;

/// A socket through which commands reach a running server, one after the other, on a thread of
/// its own. Only root and the server's own user are heard, whatever the file's mode.
class AdminSocket
{
  public:
    /// Replaces a socket that a killed server left behind; whoever makes it must hold the lock of the data. Throws
    /// std::system_error.
    AdminSocket(const std::filesystem::path& path, AdminHandler handler);
    /// Waits for a command that is being carried out; removes the socket.
    ~AdminSocket();
    AdminSocket(const AdminSocket&) = delete;
    AdminSocket& operator=(const AdminSocket&) = delete;

  private:
    void serve();
    void answer(const base::Descriptor& client) const;

    std::filesystem::path path_;
    AdminHandler handler_;
    base::Descriptor listener_;
    std::atomic<bool> is_ending_ = false;
    /// Written to when it is to end.
    base::Descriptor end_;
    std::thread thread_;
};

/// Have the running server carry out a command; nothing when no server listens there. Throws std::system_error when the
/// connection breaks or is not permitted.
std::optional<AdminAnswer> ask_running_server(const std::filesystem::path& path, const AdminWords& words);

} // namespace server
