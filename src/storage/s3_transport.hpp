#pragma once

#include "base/file.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

namespace storage {

/// One HTTP request of ours to a store.
struct HttpCall
{
    std::string method = "GET";
    std::string url;
    std::map<std::string, std::string> headers;
    /// Sent as the body, `body_size` bytes from there on.
    const base::Descriptor* body = nullptr;
    std::uint64_t body_from = 0;
    std::uint64_t body_size = 0;
    /// Takes the body of a 200 from its beginning and that of a 206 where it stands; other bodies are text.
    const base::Descriptor* into = nullptr;
    std::chrono::milliseconds connect_timeout{};
    std::chrono::seconds stall{};
    std::chrono::milliseconds deadline{};
};

struct HttpAnswer
{
    /// 0 when there was no whole answer; `failure` then says why in words.
    long status = 0;
    std::string text;
    std::string failure;
};

/// Sends requests and keeps connections for the next ones. Thread-safe. Certificates are verified, redirections are
/// not followed.
class HttpTransport
{
  public:
    HttpTransport();
    ~HttpTransport();
    HttpTransport(const HttpTransport&) = delete;
    HttpTransport& operator=(const HttpTransport&) = delete;

    /// Throws only what the two files throw: std::system_error, or base::Unavailable for a full disk.
    HttpAnswer send(const HttpCall& call);

  private:
    struct Idle;
    std::unique_ptr<Idle> idle_;
};

} // namespace storage
