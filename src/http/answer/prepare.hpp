#pragma once
// From a handler's Response to what the io thread writes: conditional requests, ranges, compression and the head.
// Runs on the thread that answers, so that the io threads only move bytes.

#include "base/file.hpp"
#include "http/request.hpp"
#include "http/response.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace http {

/// The parts of a request that decide the form of its answer.
struct Conditions
{
    Method method = Method::Get;
    bool is_old = false;
    bool accepts_gzip = false;
    std::string if_none_match;
    std::string range;
    std::string if_range;
};

Conditions conditions_of(const Request& request, bool is_old);

/// An open file and the part of it to send.
struct FilePart
{
    base::Descriptor file;
    std::uint64_t first = 0;
    std::uint64_t length = 0;
};

using PreparedBody =
    std::variant<std::monostate, std::string, StaticBody, FilePart, std::unique_ptr<BodySource>, EventStreamBody>;

/// An answer ready for the wire.
struct Prepared
{
    /// Status line and fields, each with its line end; Date, Connection and the blank line are added later.
    std::string head;
    PreparedBody body;
    Status status = Status::Ok;
    std::string note;
    /// The body is sent in chunks.
    bool is_chunked = false;
    /// Only the end of the connection marks the end of the body.
    bool ends_by_close = false;
};

/// Prepare a response for the wire. Empty when it cannot be sent: a header field would break out of its line or belongs
/// to the server, or a file's size is wrong. The cause is logged.
std::optional<Prepared> prepare(Response response, const Conditions& conditions);

} // namespace http
