#include "faults/http_client.hpp"

#include "base/text.hpp"
#include "base/url_encoding.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

namespace faults {

namespace {

constexpr auto longest_rest = std::chrono::milliseconds(500);
constexpr std::string_view boundary = "----faults-7f3c19a2b0";

std::string multipart(const Form& form)
{
    std::string body;
    for (const auto& [name, value] : form.fields)
        body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"\r\n\r\n{}\r\n", boundary, name, value);
    for (const FormFile& file : form.files) {
        body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"attachments\"; filename=\"{}\"\r\n"
                            "Content-Type: application/octet-stream\r\n\r\n",
            boundary, file.name);
        body += file.bytes;
        body += "\r\n";
    }
    return body + fmt::format("--{}--\r\n", boundary);
}

[[noreturn]] void lost(std::string_view doing, Sent sent)
{
    throw ConnectionLost(fmt::format("{}: {}", doing, std::strerror(errno)), sent);
}

} // namespace

std::string Answer::header(const std::string& name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
}

void HttpClient::move_to(std::string address, std::uint16_t port)
{
    close();
    address_ = std::move(address);
    port_ = port;
}

void HttpClient::close()
{
    if (socket_ >= 0)
        ::close(socket_);
    socket_ = -1;
    is_used_ = false;
    received_.clear();
}

void HttpClient::connect()
{
    if (socket_ >= 0)
        return;
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    ::inet_pton(AF_INET, address_.c_str(), &address.sin_addr);
    const timeval patience{.tv_sec = patience_.count(), .tv_usec = 0};
    const int on = 1;
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        const int reason = errno;
        close();
        errno = reason;
        lost("connect", Sent::Nothing);
    }
}

// A server may close an unused connection at the moment we send; then nobody can say that it was asked something.
void HttpClient::leave_when_stale()
{
    if (std::chrono::steady_clock::now() - last_answer_ > longest_rest)
        close();
}

Answer HttpClient::get(const std::string& path)
{
    leave_when_stale();
    send(fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n{}\r\n", path, cookies()));
    return read_answer();
}

Answer HttpClient::post(const std::string& path, const Form& form)
{
    leave_when_stale();
    send(request_text(path, form));
    return read_answer();
}

std::string HttpClient::request_text(const std::string& path, const Form& form) const
{
    const bool is_multipart = form.encoding == Encoding::Multipart;
    const std::string body = is_multipart ? multipart(form) : base::encode_form(form.fields);
    const std::string type = is_multipart ? fmt::format("multipart/form-data; boundary={}", boundary)
                                          : std::string("application/x-www-form-urlencoded");
    return fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\n{}Content-Type: {}\r\nContent-Length: {}\r\n\r\n", path,
               cookies(), type, body.size()) +
           body;
}

std::string HttpClient::cookies() const
{
    std::string line;
    for (const auto& [name, value] : cookies_)
        line += (line.empty() ? "Cookie: " : "; ") + name + "=" + value;
    return line.empty() ? line : line + "\r\n";
}

void HttpClient::send(std::string_view bytes)
{
    connect();
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        // An early refusal may be waiting although the rest of the body is no longer wanted.
        if (sent < 0 && (errno == EPIPE || errno == ECONNRESET))
            return;
        if (sent < 0) {
            close();
            lost("send", Sent::Something);
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    sent_at_ = std::chrono::steady_clock::now();
}

bool HttpClient::receive()
{
    errno = 0;
    std::array<char, 65536> piece{};
    ssize_t count = 0;
    do {
        count = ::recv(socket_, piece.data(), piece.size(), 0);
    } while (count < 0 && errno == EINTR);
    if (count > 0)
        received_.append(piece.data(), static_cast<std::size_t>(count));
    return count > 0;
}

void HttpClient::take_header(Answer& answer, std::string_view line)
{
    const auto colon = line.find(':');
    const std::string name = base::ascii_lower(line.substr(0, colon));
    const std::string value(base::trim(colon == std::string_view::npos ? std::string_view() : line.substr(colon + 1)));
    answer.headers[name] = value;
    if (name != "set-cookie")
        return;
    const auto equals = value.find('=');
    const std::string content = value.substr(equals + 1, value.find(';') - equals - 1);
    if (content.empty())
        cookies_.erase(value.substr(0, equals));
    else
        cookies_[value.substr(0, equals)] = content;
}

void HttpClient::read_head(Answer& answer)
{
    std::size_t end = 0;
    while ((end = received_.find("\r\n\r\n")) == std::string::npos) {
        if (!receive()) {
            const bool is_left_to_us = is_used_ && received_.empty() && errno != EAGAIN;
            const int reason = errno;
            close();
            errno = reason;
            lost("no answer", is_left_to_us ? Sent::OnUsedConnection : Sent::Something);
        }
    }
    const std::string head = received_.substr(0, end + 2);
    received_.erase(0, end + 4);
    answer.status = static_cast<int>(base::parse_integer(head.substr(9, 3)).value_or(0));
    std::size_t begin = head.find("\r\n") + 2;
    while (begin < head.size()) {
        const std::size_t stop = head.find("\r\n", begin);
        take_header(answer, std::string_view(head).substr(begin, stop - begin));
        begin = stop + 2;
    }
}

Answer HttpClient::read_answer()
{
    Answer answer;
    read_head(answer);
    // A proxy's own page says no length and ends with its connection.
    if (!answer.headers.contains("content-length") && answer.header("connection") == "close") {
        while (receive())
            continue;
        answer.headers["content-length"] = std::to_string(received_.size());
    }
    const auto length = static_cast<std::size_t>(base::parse_integer(answer.header("content-length")).value_or(0));
    while (received_.size() < length) {
        if (!receive()) {
            close();
            lost("half an answer", Sent::Something);
        }
    }
    answer.body = received_.substr(0, length);
    received_.erase(0, length);
    last_answer_ = std::chrono::steady_clock::now();
    slowest_ = std::max(slowest_, last_answer_ - sent_at_);
    is_used_ = true;
    if (answer.header("connection") == "close")
        close();
    return answer;
}

std::string between(std::string_view text, std::string_view before, std::string_view after, std::size_t from)
{
    const std::size_t found = text.find(before, from);
    if (found == std::string_view::npos)
        return {};
    const std::size_t begin = found + before.size();
    const std::size_t end = text.find(after, begin);
    return end == std::string_view::npos ? std::string() : std::string(text.substr(begin, end - begin));
}

} // namespace faults
