#pragma once

#include "base/file.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace http {

enum class Status : std::uint16_t
{
    Ok = 200,
    NoContent = 204,
    PartialContent = 206,
    SeeOther = 303,
    NotModified = 304,
    BadRequest = 400,
    Forbidden = 403,
    NotFound = 404,
    MethodNotAllowed = 405,
    RequestTimeout = 408,
    Conflict = 409,
    Gone = 410,
    LengthRequired = 411,
    ContentTooLarge = 413,
    UriTooLong = 414,
    RangeNotSatisfiable = 416,
    MisdirectedRequest = 421,
    UnprocessableContent = 422,
    TooManyRequests = 429,
    HeaderFieldsTooLarge = 431,
    InternalServerError = 500,
    ServiceUnavailable = 503,
};

/// An open file on the local disk, which may have no name any more; the server itself answers range requests and
/// If-None-Match by `etag` (with its quotes). A file whose size is not `size` becomes a 500.
struct FileBody
{
    base::Descriptor file;
    std::uint64_t size = 0;
    std::string etag;
};

/// A body made piece by piece with constant memory. `next` is called on the heavy lane, one call at a time, when the
/// client has taken the last piece; it puts the next piece (aim at 64 KiB) into `piece` and returns false after the
/// last one. An exception cuts the connection, so that nobody takes half an answer for a whole one.
class BodySource
{
  public:
    virtual ~BodySource() = default;
    virtual bool next(std::string& piece) = 0;
};

/// An open event stream of one client. Thread-safe. After the client has gone, push() does nothing.
class EventSink
{
  public:
    virtual ~EventSink() = default;
    /// Queue bytes in the Server-Sent Events format. A client with more than 64 KiB waiting is disconnected.
    virtual void push(std::shared_ptr<const std::string> bytes) = 0;
    /// Send what is queued, then close.
    virtual void close() = 0;
    virtual bool is_open() const = 0;
};

/// A body that stays open: `opened` is called once on the io thread (it must not block) with the sink.
struct EventStreamBody
{
    std::function<void(std::shared_ptr<EventSink>)> opened;
};

/// Bytes that outlive every response: static files in the binary.
struct StaticBody
{
    std::string_view bytes;
};

/// An answer. A value: handlers return it, the pipeline adds the security headers, the server writes it.
struct Response
{
    Status status = Status::Ok;
    std::string content_type = "text/html; charset=utf-8";
    /// Further header fields, names as written. A response with a CR, LF or NUL in a value, or with a field that is the
    /// server's (Content-Type, Content-Length, Transfer-Encoding, Connection, Date), is not sent but logged and
    /// answered by 500.
    std::vector<std::pair<std::string, std::string>> headers;
    std::variant<std::string, StaticBody, FileBody, std::unique_ptr<BodySource>, EventStreamBody> body;
    /// Text bodies above 1 KiB are compressed when the client takes it (gzip at level 1) unless this is false.
    bool compressible = true;
    /// For the application, which gets it back in Application::served(); the server does not look at it.
    std::string note;

    Response& header(std::string name, std::string value) &
    {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Response&& header(std::string name, std::string value) &&
    {
        headers.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
    /// The text of a string body; empty for other bodies. For tests and the fragment of a page.
    std::string_view text() const
    {
        const auto* string = std::get_if<std::string>(&body);
        return string != nullptr ? std::string_view(*string) : std::string_view();
    }
};

/// Make a 303 to a path of ours.
Response redirect(std::string location);

/// "Not Found" and the like, for the status line and plain error texts.
std::string_view reason(Status status);

} // namespace http
