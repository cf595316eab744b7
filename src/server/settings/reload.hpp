#pragma once

#include "server/settings/given.hpp"

#include <string>
#include <vector>

namespace server {

/// The settings of a running server, which SIGHUP reads again. Used by one thread.
class SettingsReload
{
  public:
    /// With the sources that the server was started with. Throws UsageError.
    explicit SettingsReload(ConfigSources sources);
    /// Read all sources again and take over the log level; returns what changed and what needs a restart, for the log.
    /// Throws UsageError, and then nothing changed.
    std::string reload();

  private:
    ConfigSources sources_;
    std::vector<GivenSetting> running_;
};

} // namespace server
