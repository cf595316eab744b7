#include "server/watch/admin_socket.hpp"

#include "base/log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string_view>
#include <system_error>

namespace server {

namespace {

/// Where the system shows what this process has open.
constexpr std::string_view descriptors = "/proc/self/fd";
constexpr std::uint32_t most_bytes = 16U * 1024 * 1024;
constexpr std::uint32_t most_words = 32;
/// A client sends its words at once.
constexpr timeval longest_silence{.tv_sec = 5, .tv_usec = 0};

[[noreturn]] void fail(const std::string& doing)
{
    throw std::system_error(errno, std::generic_category(), doing);
}

/// The address of a socket. It has room for a short path only; a longer directory is reached through a descriptor of
/// it, which needs /proc.
class Place
{
  public:
    explicit Place(const std::filesystem::path& path)
    {
        std::string name = path.string();
        if (name.size() >= sizeof address_.sun_path) {
            directory_ = base::open_file(path.parent_path(), O_PATH | O_DIRECTORY);
            name = fmt::format("{}/{}/{}", descriptors, directory_.get(), path.filename().string());
        }
        address_.sun_family = AF_UNIX;
        if (name.size() >= sizeof address_.sun_path)
            throw std::system_error(ENAMETOOLONG, std::generic_category(), path.string());
        name.copy(&address_.sun_path[0], name.size());
    }
    const sockaddr* address() const { return reinterpret_cast<const sockaddr*>(&address_); }
    static constexpr socklen_t size() { return sizeof(sockaddr_un); }

  private:
    base::Descriptor directory_;
    sockaddr_un address_{};
};

base::Descriptor make_socket()
{
    base::Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!made)
        fail("make a socket");
    return made;
}

void send_all(const base::Descriptor& to, std::string_view bytes)
{
    while (!bytes.empty()) {
        const ssize_t sent = ::send(to.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent >= 0)
            bytes.remove_prefix(static_cast<std::size_t>(sent));
        else if (errno != EINTR)
            fail("send to the administration socket");
    }
}

std::string receive(const base::Descriptor& from, std::size_t count)
{
    std::string bytes = base::read_some(from, count);
    if (bytes.size() < count)
        throw std::system_error(ECONNRESET, std::generic_category(), "the administration socket");
    return bytes;
}

void send_number(const base::Descriptor& to, std::uint32_t number)
{
    std::array<char, sizeof number> bytes{};
    std::memcpy(bytes.data(), &number, sizeof number);
    send_all(to, {bytes.data(), bytes.size()});
}

std::uint32_t receive_number(const base::Descriptor& from, std::uint32_t most)
{
    std::uint32_t number = 0;
    const std::string bytes = receive(from, sizeof number);
    std::memcpy(&number, bytes.data(), sizeof number);
    if (number > most)
        throw std::system_error(EMSGSIZE, std::generic_category(), "the administration socket");
    return number;
}

void send_text(const base::Descriptor& to, std::string_view text)
{
    text = text.substr(0, most_bytes);
    send_number(to, static_cast<std::uint32_t>(text.size()));
    send_all(to, text);
}

std::string receive_text(const base::Descriptor& from)
{
    return receive(from, receive_number(from, most_bytes));
}

bool is_permitted(const base::Descriptor& client)
{
    ucred peer{};
    socklen_t size = sizeof peer;
    if (::getsockopt(client.get(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return false;
    return peer.uid == 0 || peer.uid == ::geteuid();
}

} // namespace

std::optional<std::filesystem::path> admin_socket_of(const Config& config)
{
    if (!config.database_url.starts_with(sqlite_scheme))
        return std::nullopt;
    // Of the file itself, however it is named, as its lock is.
    const std::filesystem::path file = config.database_url.substr(sqlite_scheme.size());
    return std::filesystem::weakly_canonical(std::filesystem::absolute(file)).string() + ".sock";
}

AdminSocket::AdminSocket(const std::filesystem::path& path, AdminHandler handler)
    : path_(path), handler_(std::move(handler)), listener_(make_socket()), end_(::eventfd(0, EFD_CLOEXEC))
{
    const Place place(path_);
    base::remove_file(path_);
    // Nobody else may connect, not even between the two.
    if (::fchmod(listener_.get(), S_IRUSR | S_IWUSR) != 0 ||
        ::bind(listener_.get(), place.address(), place.size()) != 0 || ::listen(listener_.get(), 8) != 0)
        fail("make " + path_.string());
    thread_ = std::thread([this] { serve(); });
}

AdminSocket::~AdminSocket()
{
    is_ending_ = true;
    const std::uint64_t one = 1;
    while (::write(end_.get(), &one, sizeof one) < 0 && errno == EINTR) {
    }
    thread_.join();
    std::error_code is_gone;
    std::filesystem::remove(path_, is_gone);
}

void AdminSocket::serve()
{
    for (;;) {
        std::array<pollfd, 2> waits{pollfd{.fd = listener_.get(), .events = POLLIN, .revents = 0},
            pollfd{.fd = end_.get(), .events = POLLIN, .revents = 0}};
        if (::poll(waits.data(), waits.size(), -1) < 0)
            continue;
        if (waits[1].revents != 0)
            return;
        const base::Descriptor client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!client)
            continue;
        try {
            answer(client);
        } catch (const std::exception& error) {
            base::log::warning(fmt::format("a command was not answered: {}", error.what()));
        }
    }
}

void AdminSocket::answer(const base::Descriptor& client) const
{
    ::setsockopt(client.get(), SOL_SOCKET, SO_RCVTIMEO, &longest_silence, sizeof longest_silence);
    ::setsockopt(client.get(), SOL_SOCKET, SO_SNDTIMEO, &longest_silence, sizeof longest_silence);
    AdminAnswer answer{.exit_code = 1, .error = "only root and the server's user may do this"};
    if (is_permitted(client)) {
        AdminWords words;
        for (std::uint32_t left = receive_number(client, most_words); left > 0; --left)
            words.push_back(receive_text(client));
        answer = handler_(words, [this] { return !is_ending_; });
    }
    send_number(client, static_cast<std::uint32_t>(answer.exit_code));
    send_text(client, answer.output);
    send_text(client, answer.error);
}

std::optional<AdminAnswer> ask_running_server(const std::filesystem::path& path, const AdminWords& words)
{
    std::error_code is_missing;
    if (!std::filesystem::is_socket(path, is_missing))
        return std::nullopt;
    const base::Descriptor server = make_socket();
    const Place place(path);
    if (::connect(server.get(), place.address(), place.size()) != 0) {
        if (errno == ECONNREFUSED || errno == ENOENT)
            return std::nullopt;
        fail("connect to " + path.string());
    }
    send_number(server, static_cast<std::uint32_t>(words.size()));
    for (const std::string& word : words)
        send_text(server, word);
    AdminAnswer answer;
    answer.exit_code = static_cast<int>(receive_number(server, 255));
    answer.output = receive_text(server);
    answer.error = receive_text(server);
    return answer;
}

} // namespace server
