#pragma once
// The guard decides whether a request head is sound before anything else sees it. Beast's parser of Debian 12 accepts
// framing that a proxy in front may read in another way (request smuggling), so the raw lines are checked first.

#include "http/request.hpp"
#include "http/response.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace http {

/// Bytes of a whole head, request line and blank line included.
inline constexpr std::size_t head_limit = 8 * 1024;
inline constexpr std::size_t field_limit = 100;

/// A head that passed: the request without its body, and how to read the body.
struct Head
{
    Request request;
    std::uint64_t content_length = 0;
    bool keep_alive = true;
    bool expects_continue = false;
    /// HTTP/1.0: no chunks, no keep-alive.
    bool is_old = false;
    /// The Host is an IP address that is not allowed: to be refused with other_host unless it is a health check.
    bool is_for_operations_only = false;
};

/// A head that did not pass. The connection must be closed after the answer.
struct Refusal
{
    Status status = Status::BadRequest;
    std::string_view text;
};

using Verdict = std::variant<Head, Refusal>;

/// Length of the head at the front of `bytes`, blank line included; 0 while it is incomplete.
std::size_t find_head_end(std::string_view bytes);
/// Refuse early an incomplete head that can never become a valid one.
std::optional<Refusal> check_partial_head(std::string_view bytes);
inline constexpr Refusal other_host = {Status::MisdirectedRequest, "This server does not answer for that host name."};

/// Which hosts a server answers for.
struct HostRules
{
    /// Lower-case names without port; "*" allows every name.
    std::vector<std::string> allowed;
    /// Decoded paths that operations may ask for under any IP address.
    std::vector<std::string> probe_paths = {};
};

/// Check a complete head.
Verdict check_head(std::string_view raw, const HostRules& hosts);

} // namespace http
