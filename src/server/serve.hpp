#pragma once

#include "server/house.hpp"
#include "server/settings/config.hpp"
#include "server/settings/reload.hpp"
#include "server/watch/admin_socket.hpp"

#include <functional>

namespace server {

/// Carries out a command that came through the socket of the running server.
using Administer = std::function<AdminAnswer(House& house, const AdminWords& words, const GoesOn& goes_on)>;

/// Runs the server on a migrated database until SIGTERM or SIGINT, then drains it; returns the exit code. SIGHUP reads
/// the settings again, or ends a server that was started in a terminal. Throws std::runtime_error in plain words when
/// it cannot start. With SQLite, commands reach `administer` through a socket beside the database.
int serve(const Config& config, SettingsReload& settings, const Administer& administer);
/// Keep SIGHUP for the server: call before it starts, so that one that comes early ends nothing.
void hold_reload_signal();

} // namespace server
