#pragma once

#include "commands/backup/destination.hpp"
#include "commands/backup/manifest.hpp"
#include "server/settings/config.hpp"

namespace commands::backup {

/// Puts a backup into the empty place that the settings name: first the attachments, each compared with its SHA-256,
/// then the whole database at once. Interrupted before that, the place has no database, and the same call continues.
/// Returns what was restored. Throws Refused in plain words: a place that is not empty, another engine, a damaged
/// backup.
Manifest restore(const Named& backup, const server::Config& config, const Progress& progress);

} // namespace commands::backup
