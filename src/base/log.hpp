#pragma once

#include <string_view>

namespace base::log {

/// One line per call to standard error, in UTC, safe from every thread; control characters in `text` are escaped,
/// so that a visitor cannot forge a line. Never pass a password, token or cookie.
void info(std::string_view text);
void warning(std::string_view text);
void error(std::string_view text);
/// Lines below warning are dropped when quiet; tests and the demo command use it.
void set_quiet(bool quiet);

} // namespace base::log
