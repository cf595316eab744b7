#pragma once

#include "http/server/server.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace http::testing {

inline Response page(std::string text)
{
    Response response;
    response.body = std::move(text);
    return response;
}

/// Answers by a function that the test sets; the heavy lane is a thread a job.
class TestApplication : public Application
{
  public:
    std::function<void(Request, Responder)> handler = [](Request request, Responder respond) {
        Response response;
        response.body = std::string(request.method == Method::Post ? "posted " : "got ") + request.path;
        respond(std::move(response));
    };
    BodyLimits limits;
    std::uint64_t most_bytes = std::uint64_t{128} << 20U;
    IfLonger if_longer = IfLonger::ReadPart;
    bool must_ask = false;
    std::function<BodyPlan(const BodyQuestion&, BodyPlan)> ask;
    std::atomic<bool> is_heavy_lane_full = false;

    ~TestApplication() override
    {
        for (auto& thread : heavy_)
            thread.join();
    }
    BodyPlan plan_body(const Request&, std::uint64_t) override
    {
        return {.limits = limits, .most_bytes = most_bytes, .if_longer = if_longer, .must_ask = must_ask};
    }
    BodyPlan ask_about_body(const BodyQuestion& question, BodyPlan plan) override
    {
        return ask ? ask(question, std::move(plan)) : plan;
    }
    void handle(Request request, Responder respond) override { handler(std::move(request), std::move(respond)); }
    bool run_heavy(std::function<void()> job) override
    {
        if (is_heavy_lane_full)
            return false;
        heavy_.emplace_back(std::move(job));
        return true;
    }
    Response plain_error(Status status, std::string_view text) override
    {
        Response response;
        response.status = status;
        response.content_type = "text/plain; charset=utf-8";
        response.body = std::string(text);
        response.header("X-Site", "yes");
        return response;
    }

    void served(const Served& exchange) override { told.push_back(exchange); }
    void refused(const Refused& client) override { turned_away.push_back(client); }
    /// Written on the io thread: read it when the server has stopped.
    std::vector<Served> told;
    std::vector<Refused> turned_away;

  private:
    std::vector<std::thread> heavy_;
};

/// A real server on a free port of the loopback, running in a thread until the end of the test.
class TestServer
{
  public:
    explicit TestServer(Application& application, ServerOptions options = {})
        : directory_(std::filesystem::temp_directory_path() / ("gas-utility-wire-" + std::to_string(::getpid()))),
          server_(with_defaults(std::move(options), directory_), application)
    {
        std::filesystem::create_directories(directory_);
        thread_ = std::thread([this] { server_.run(); });
    }
    ~TestServer()
    {
        stop(std::chrono::seconds(0));
        std::filesystem::remove_all(directory_);
    }
    std::uint16_t port() const { return server_.port(); }
    const std::filesystem::path& directory() const { return directory_; }
    Server& server() { return server_; }
    /// Return when run() has returned.
    void stop(std::chrono::seconds drain)
    {
        if (!thread_.joinable())
            return;
        server_.stop(drain);
        thread_.join();
    }

  private:
    std::filesystem::path directory_;
    Server server_;
    std::thread thread_;

    static ServerOptions with_defaults(ServerOptions options, const std::filesystem::path& directory)
    {
        options.port = 0;
        options.io_threads = 1;
        options.temporary_directory = directory;
        return options;
    }
};

/// What a client received, cut into its parts. The body is as it came, chunks included.
struct Answer
{
    int status = 0;
    std::string head;
    std::string body;

    bool has(std::string_view line) const { return head.find(line) != std::string::npos; }
};

/// A client socket that waits at most five seconds for anything.
class Client
{
  public:
    explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("cannot connect");
    }
    ~Client() { ::close(socket_); }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    int socket() const { return socket_; }
    void send(std::string_view bytes)
    {
        while (!bytes.empty()) {
            const auto count = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
            if (count <= 0)
                return;
            bytes.remove_prefix(static_cast<std::size_t>(count));
        }
    }
    /// Send a GET for a path with further header lines.
    Answer get(std::string_view path, std::string_view lines = "")
    {
        send("GET " + std::string(path) + " HTTP/1.1\r\nHost: localhost\r\n" + std::string(lines) + "\r\n");
        return read_answer();
    }
    Answer post(std::string_view content_type, std::string_view body, std::string_view lines = "")
    {
        send("POST /form HTTP/1.1\r\nHost: localhost\r\nContent-Type: " + std::string(content_type) +
             "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + std::string(lines) + "\r\n");
        send(body);
        return read_answer();
    }
    /// Read one answer by its Content-Length; what follows stays for the next call. Status 0: none came.
    Answer read_answer(bool has_body = true)
    {
        Answer answer;
        while (received_.find("\r\n\r\n") == std::string::npos) {
            if (!read_more())
                return answer;
        }
        const auto end = received_.find("\r\n\r\n") + 4;
        answer.head = received_.substr(0, end);
        received_.erase(0, end);
        answer.status = std::stoi(answer.head.substr(9, 3));
        const auto at = answer.head.find("Content-Length: ");
        const std::size_t length = has_body && at != std::string::npos ? std::stoul(answer.head.substr(at + 16)) : 0;
        while (received_.size() < length && read_more())
            continue;
        answer.body = received_.substr(0, length);
        received_.erase(0, length);
        return answer;
    }
    /// Everything until the server closes.
    std::string read_to_end()
    {
        while (read_more())
            continue;
        return std::exchange(received_, {});
    }
    /// Wait until `text` has come; false when the connection ends or falls silent before.
    bool read_until(std::string_view text)
    {
        while (received_.find(text) == std::string::npos) {
            if (!read_more())
                return false;
        }
        return true;
    }
    /// True when the server closes within the time without sending anything more.
    bool is_closed_within(std::chrono::milliseconds time)
    {
        pollfd poll{socket_, POLLIN, 0};
        char byte = 0;
        return ::poll(&poll, 1, static_cast<int>(time.count())) == 1 && ::recv(socket_, &byte, 1, 0) <= 0;
    }
    const std::string& received() const { return received_; }

  private:
    int socket_;
    std::string received_;

    bool read_more()
    {
        pollfd poll{socket_, POLLIN, 0};
        if (::poll(&poll, 1, 5000) != 1)
            return false;
        char bytes[16384];
        const auto count = ::recv(socket_, bytes, sizeof bytes, 0);
        if (count <= 0)
            return false;
        received_.append(bytes, static_cast<std::size_t>(count));
        return true;
    }
};

} // namespace http::testing
