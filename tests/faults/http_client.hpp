#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

// The crash harness: a program of its own that drives the real gas-utility over sockets, hurts it, and compares what
// was answered with what is stored. It shares no code with the product but base/, so that one mistake cannot hide
// another.
namespace faults {

enum class Sent : std::uint8_t
{
    Nothing,
    Something,
    /// On a connection that had served before and was closed without a byte of an answer: whoever closed it leaves it
    /// to the browser to send this again, and browsers do.
    OnUsedConnection
};

/// The server is gone, does not answer in time or ended in the middle: what became of the request is unknown, unless
/// nothing was sent.
struct ConnectionLost : std::runtime_error
{
    ConnectionLost(const std::string& what, Sent before) : std::runtime_error(what), sent(before) {}
    Sent sent;
};

struct FormFile
{
    std::string name;
    std::string bytes;
};

enum class Encoding : std::uint8_t
{
    Multipart,
    Plain
};

/// What a browser would send for a form.
struct Form
{
    std::vector<std::pair<std::string, std::string>> fields;
    std::vector<FormFile> files;
    Encoding encoding = Encoding::Multipart;
};

struct Answer
{
    int status = 0;
    /// Names in lower case; of a repeated header the last one.
    std::map<std::string, std::string> headers;
    std::string body;

    /// Empty when there is none.
    std::string header(const std::string& name) const;
};

/// A browser's connection and cookies, plain HTTP/1.1. Used by one thread.
class HttpClient
{
  public:
    HttpClient() = default;
    ~HttpClient() { close(); }
    HttpClient(const HttpClient&) = delete;
    HttpClient& operator=(const HttpClient&) = delete;

    /// Where the server listens from now on; an open connection is closed, cookies stay.
    void move_to(std::uint16_t port) { move_to("127.0.0.1", port); }
    /// The same on a machine with this IPv4 address.
    void move_to(std::string address, std::uint16_t port);
    /// Is the same visitor as the other.
    void take_cookies(const HttpClient& other) { cookies_ = other.cookies_; }
    /// Each throws ConnectionLost.
    Answer get(const std::string& path);
    Answer post(const std::string& path, const Form& form);

    /// The whole request as it goes over the wire, for tests that send it in pieces.
    std::string request_text(const std::string& path, const Form& form) const;
    void send(std::string_view bytes);
    Answer read_answer();
    /// When the last request was wholly with the kernel.
    std::chrono::steady_clock::time_point sent_at() const { return sent_at_; }
    void close();
    /// How long connections opened from now on wait for an answer before it is lost.
    void wait_for(std::chrono::seconds patience) { patience_ = patience; }
    /// The longest time from the end of a request to the end of its answer since the last call.
    std::chrono::steady_clock::duration take_slowest() { return std::exchange(slowest_, {}); }

  private:
    void connect();
    void leave_when_stale();
    std::string cookies() const;
    bool receive();
    void read_head(Answer& answer);
    void take_header(Answer& answer, std::string_view line);

    std::chrono::seconds patience_{15};
    std::chrono::steady_clock::duration slowest_{};
    int socket_ = -1;
    bool is_used_ = false;
    std::string address_;
    std::uint16_t port_ = 0;
    std::chrono::steady_clock::time_point last_answer_{};
    std::chrono::steady_clock::time_point sent_at_{};
    std::string received_;
    std::map<std::string, std::string> cookies_;
};

/// The text between two marks, from `from` on; empty when there is none.
std::string between(std::string_view text, std::string_view before, std::string_view after, std::size_t from = 0);

} // namespace faults
