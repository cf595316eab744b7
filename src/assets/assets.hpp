#pragma once

// The browser's files and icons, compiled into the binary by tools/asset_compiler. Everything here lives as long as
// the program, never changes and may be used from any thread. Knows nothing of HTTP: http/static_files serves these.

#include "assets/icons.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace assets {

/// A file as it is served. The path carries the hash of the content, so an answer may be kept for ever.
struct Asset
{
    std::string_view path;         // "/static/app.3f9c21ab07.css"
    std::string_view content_type; // with charset where it has one
    std::string_view etag;         // strong, quotes included; of the plain form
    std::string_view gzip_etag;    // each encoding is a representation of its own
    std::string_view brotli_etag;
    std::string_view plain;
    std::string_view gzip;   // empty when it would not be smaller
    std::string_view brotli; // empty when it would not be smaller
};

/// The file served under this path, or nullptr. Does not allocate.
const Asset* find(std::string_view path) noexcept;

/// The path under which the file of this name ("app.css") is served. Throws std::logic_error for an unknown name.
std::string_view url(std::string_view name);

/// How many icons there are; Icon's values are 0 to this less one.
std::size_t icon_count() noexcept;

/// The icon's name as in frontend/icons, without the ending.
std::string_view icon_name(Icon icon) noexcept;

/// The icon of this name; nothing for a name that is in no file. Names may come from the database.
std::optional<Icon> find_icon(std::string_view name) noexcept;

/// The markup inside the icon's <symbol>.
std::string_view icon_paths(Icon icon) noexcept;

} // namespace assets
