#include "faults/product.hpp"

#include "base/file.hpp"
#include "faults/http_client.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>

namespace faults {

namespace {

using namespace std::chrono_literals;

bool is_free(std::uint16_t port)
{
    const base::Descriptor probe(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const int on = 1;
    ::setsockopt(probe.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return ::bind(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

std::uint16_t free_port(std::uint16_t first)
{
    for (std::uint16_t port = first; port < first + 100; ++port) {
        if (is_free(port))
            return port;
    }
    throw std::runtime_error("no free port");
}

} // namespace

Product::Product(Place place) : place_(std::move(place)) {}

Product::~Product()
{
    if (process_ > 0)
        kill();
}

pid_t Product::spawn(std::vector<std::string> arguments) const
{
    arguments.insert(arguments.begin(), place_.binary.string());
    std::vector<char*> raw;
    for (std::string& argument : arguments)
        raw.push_back(argument.data());
    raw.push_back(nullptr);
    const base::Descriptor log = base::open_file(place_.log, O_WRONLY | O_CREAT | O_APPEND);
    const pid_t parent = ::getpid();
    const pid_t child = ::fork();
    if (child != 0)
        return child;
    // Nothing of the server outlives a harness that crashed.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent)
        ::_exit(127);
    ::dup2(log.get(), 1);
    ::dup2(log.get(), 2);
    ::setenv("GAS_UTILITY_DATA_DIR", place_.data.c_str(), 1);
    ::setenv("GAS_UTILITY_DEMO_PASSWORD", town_password, 1);
    ::unsetenv("GAS_UTILITY_DATABASE_URL");
    // A few customers send what a town sends in a year.
    ::setenv("GAS_UTILITY_REQUESTS_A_DAY", "0", 1);
    ::setenv("GAS_UTILITY_UPLOAD_MB_A_DAY", "0", 1);
    ::execv(raw[0], raw.data());
    ::_exit(127);
}

void Product::make_town()
{
    process_ = spawn({"demo", "--customers", "8", "--requests", "20", "--seed", "1"});
    const auto code = wait(60s);
    if (code != 0)
        throw std::runtime_error(fmt::format("demo failed, see {}", place_.log.string()));
}

int Product::run(std::vector<std::string> arguments) const
{
    const pid_t child = spawn(std::move(arguments));
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            throw std::runtime_error("a command was lost");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

void Product::start()
{
    const auto began = std::chrono::steady_clock::now();
    port_ = free_port(place_.ports);
    process_ = spawn({"runserver", fmt::format("127.0.0.1:{}", port_)});
    HttpClient client;
    client.move_to(port_);
    for (;;) {
        start_time_ = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - began);
        try {
            if (client.get("/readyz").status == 200)
                return;
        } catch (const ConnectionLost& error) {
            if (start_time_ > 20s || wait(0ms))
                throw std::runtime_error(
                    fmt::format("it does not start: {}, see {}", error.what(), place_.log.string()));
        }
        std::this_thread::sleep_for(5ms);
    }
}

void Product::signal(int number) const
{
    // kill(-1) would reach every process of the machine.
    if (process_ > 0)
        ::kill(process_, number);
}

std::optional<int> Product::wait(std::chrono::milliseconds patience)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    while (process_ > 0) {
        int status = 0;
        if (::waitpid(process_, &status, WNOHANG) == process_) {
            process_ = -1;
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        }
        if (std::chrono::steady_clock::now() >= end)
            return std::nullopt;
        std::this_thread::sleep_for(1ms);
    }
    return std::nullopt;
}

void Product::kill()
{
    signal(SIGKILL);
    wait(10s);
}

} // namespace faults
