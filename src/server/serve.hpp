#pragma once

#include "server/settings/config.hpp"

namespace server {

/// Runs the server on a migrated database until SIGTERM or SIGINT, then drains it; returns the exit code.
/// Throws std::runtime_error in plain words when it cannot start.
int serve(const Config& config);

} // namespace server
