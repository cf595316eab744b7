#pragma once
// http/ is HTTP on the wire: sockets, the guard over request heads, body and upload streaming, responses, event
// streams. It knows no page, no session and no database. Only its .cpp files see Boost.

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace http {

enum class Method : std::uint8_t
{
    Get,
    Head,
    Post,
    Other
};

/// A file of a multipart form, already on disk in the temporary directory and hashed. Removed when destroyed, unless
/// released.
class UploadedFile
{
  public:
    UploadedFile() = default;
    UploadedFile(UploadedFile&&) noexcept;
    UploadedFile& operator=(UploadedFile&&) noexcept;
    ~UploadedFile();

    /// The form field it came in.
    std::string field;
    /// base::plain_file_name() of the client's name for it. May be empty.
    std::string name;
    std::uint64_t size = 0;
    /// SHA-256 in hexadecimal.
    std::string sha256;
    /// Longer than the limit: the bytes were dropped and `path` is empty.
    bool too_large = false;
    std::filesystem::path path;

    /// Release the file: the caller moves or removes it.
    std::filesystem::path release();
};

/// The error of a body on a connection that is otherwise sound; the fields that could be read are kept.
enum class BodyFault : std::uint8_t
{
    None,
    TooLarge,
    FileTooLarge,
    TooManyFiles,
    TooManyFields,
    Malformed,
    DiskFull
};

/// What the forwarding fields (X-Forwarded-For and its like) say about who sent a request.
enum class Forwarding : std::uint8_t
{
    /// There are none: the peer is the visitor.
    None,
    /// There are none, from a trusted proxy: it asks for itself, most likely whether we are well.
    ProxyItself,
    /// A trusted proxy names the visitor.
    Named,
    /// A trusted proxy passed the request on and does not name the visitor.
    Unnamed,
    /// A trusted proxy names the visitor by something that is no address.
    Unreadable,
    /// The peer is no trusted proxy: they do not count.
    Untrusted
};

/// A request as the handlers see it: owned values only, decoded once, checked by the guard.
struct Request
{
    Method method = Method::Get;
    /// Decoded path: valid UTF-8, begins with one "/" (not "//" or "/\"), no control characters, no "." or ".."
    /// segment.
    std::string path;
    /// Decoded query fields in order. The first of equal names counts.
    std::vector<std::pair<std::string, std::string>> query;
    /// The target as sent, for redirects back and logs.
    std::string target;
    /// The Host field in lower case, with its port when it had one; the name is on the allow-list.
    std::string host;
    /// Header fields by lower-case name, Cookie and forwarding fields included; equal names joined by ", " (Cookie by
    /// "; "). Values are bytes as sent, not necessarily UTF-8.
    std::vector<std::pair<std::string, std::string>> headers;
    /// The first of equal names counts. Values as sent.
    std::vector<std::pair<std::string, std::string>> cookies;
    /// Text fields of a urlencoded or multipart form, in order, valid UTF-8. With BodyFault::TooLarge the field that
    /// went beyond the limit is cut, and whoever reads it must say so; later ones are missing or empty.
    std::vector<std::pair<std::string, std::string>> form;
    std::vector<UploadedFile> files;
    /// Field and name of files that were sent and not read, at most twenty.
    std::vector<std::pair<std::string, std::string>> unread_files;
    BodyFault fault = BodyFault::None;
    /// The visitor's IP address as a trusted proxy names it, otherwise the peer's.
    std::string remote_address;
    Forwarding forwarding = Forwarding::None;
    /// TLS here or at the trusted proxy.
    bool secure = false;

    /// Empty when absent.
    std::string_view header(std::string_view lower_case_name) const;
    std::string_view cookie(std::string_view name) const;
    /// This machine or a trusted proxy asks for itself, not for somebody behind it.
    bool is_from_operations() const;
    /// Somebody sees the answer: it is no HEAD and no page that is fetched before it is wanted.
    bool is_seen() const;
    std::optional<std::string_view> query_value(std::string_view name) const;
    std::optional<std::string_view> form_value(std::string_view name) const;
};

/// What a route accepts as a body; everything beyond is a BodyFault.
struct BodyLimits
{
    /// Text fields together, bytes.
    std::uint64_t form_bytes = 256 * 1024;
    /// So much of each field is kept, however long those before it are: a long text must not swallow the answers below
    /// it.
    std::uint64_t kept_of_each = 1024;
    std::size_t fields = 200;
    /// Zero files: multipart file parts are refused.
    std::size_t files = 0;
    std::uint64_t file_bytes = 0;
};

} // namespace http
