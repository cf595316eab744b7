#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace http {

enum class Disposition : std::uint8_t
{
    /// The browser shows the file if it can.
    Inline,
    Attachment
};

/// A Content-Disposition field with the file's name in full (RFC 6266), and in ASCII for browsers that do not know
/// filename*.
std::string content_disposition(Disposition disposition, std::string_view file_name);

} // namespace http
