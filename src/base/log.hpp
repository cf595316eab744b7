#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace base::log {

/// One line per call to standard error, in UTC, safe from every thread; control characters in `text` are escaped,
/// so that a visitor cannot forge a line. Never pass a password, token or cookie.
void info(std::string_view text);
void warning(std::string_view text);
void error(std::string_view text);

/// A named value of a line, for programs. std::monostate becomes null.
struct Field
{
    std::string_view name;
    std::variant<std::monostate, std::string_view, std::uint64_t, double> value;
};
/// A line of the access log, which no level drops: as text `text`, as JSON the message "access" and the fields.
void access(std::string_view text, std::span<const Field> fields);

/// Something that whoever guards the site looks at. Numbers are ids of users, zero for nobody known; empty texts are
/// left out. Never a password, token or cookie, nor a user name that was typed: people type passwords there.
struct SecurityEvent
{
    /// A name of docs/operations.md; it never changes.
    std::string_view event;
    /// Who did it, and whose sign-in or rights it is about.
    std::uint64_t user = 0;
    std::uint64_t about = 0;
    /// The visitor's IP address.
    std::string_view address = {};
    std::string_view detail = {};
};
/// A line that no level drops: as text "security EVENT user=5 …", as JSON the message "security" and the fields.
void security(const SecurityEvent& event);

enum class Format : std::uint8_t
{
    /// "2026-11-22T12:00:00.000Z info TEXT", with "request ID: " before the text of a line that belongs to a request.
    Text,
    /// One JSON object a line: time, level, message, and request_id when the line belongs to a request.
    Json
};
/// Call while no other thread writes.
void set_format(Format format);

enum class Level : std::uint8_t
{
    Info,
    Warning,
    Error
};
/// Lines below this level are dropped; Info at first. From every thread.
void set_level(Level least);

/// While it lives, lines of this thread belong to an HTTP request. The id must live as long; empty means no request.
class RequestScope
{
  public:
    explicit RequestScope(std::string_view request_id);
    ~RequestScope();
    RequestScope(const RequestScope&) = delete;
    RequestScope& operator=(const RequestScope&) = delete;

  private:
    std::string_view outer_;
};
/// The id that lines of this thread carry, to be handed to a thread that works for it; empty without a request.
std::string_view current_request();

} // namespace base::log
