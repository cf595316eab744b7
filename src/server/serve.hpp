#pragma once

#include "server/settings/config.hpp"
#include "server/settings/reload.hpp"

namespace server {

/// Runs the server on a migrated database until SIGTERM or SIGINT, then drains it; returns the exit code. SIGHUP reads
/// the settings again, or ends a server that was started in a terminal. Throws std::runtime_error in plain words when
/// it cannot start.
int serve(const Config& config, SettingsReload& settings);
/// Keep SIGHUP for the server: call before it starts, so that one that comes early ends nothing.
void hold_reload_signal();

} // namespace server
